import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startPostgres } from "./postgres";
import { removeData } from "./postgres-native";

let folder: string;
let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-test-"));
  mkdirSync(path.join(folder, "clone"), { mode: 0o700 });
  dataDir = path.join(folder, "clone/postgres");
});

afterEach(() => {
  removeData(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

describe("startPostgres", () => {
  it("serves from a folder that only its owner can enter, to a login that row-level security binds", async () => {
    chmodSync(folder, 0o700);
    const postgres = await startPostgres({ dataDir, durable: false });
    try {
      const [login] = await query(
        postgres.url,
        "select current_user as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user",
      );
      expect(login).toEqual({ name: "cloudguard", rolsuper: false, rolbypassrls: false });
      await query(postgres.url, "create extension if not exists pg_trgm; create role cloudguard_probe nologin");
    } finally {
      await postgres.stop();
    }
  }, 60_000);

  it("keeps its data between two starts and listens no more once stopped", async () => {
    const first = await startPostgres({ dataDir, durable: false });
    await query(first.url, "create table kept (n int); insert into kept values (42)");
    await first.stop();
    await expect(query(first.url, "select 1")).rejects.toThrow(/ECONNREFUSED/);

    const second = await startPostgres({ dataDir, durable: false });
    try {
      expect(await query(second.url, "select n from kept")).toEqual([{ n: 42 }]);
    } finally {
      await second.stop();
    }
  }, 60_000);

  it("takes over the data of a run that was killed outright", async () => {
    const killed = startElsewhere();
    await once(killed.stdout, "data");
    await kill(killed);
    await expectToServe();
  }, 60_000);

  it("makes anew the data of a run that was killed while it made them", async () => {
    const killed = startElsewhere();
    await expect.poll(beginsData, { interval: 5, timeout: 30_000 }).toBe(true);
    await kill(killed);
    await expectToServe();
  }, 90_000);
});

/** A process of its own that runs a server on `dataDir`, and says so. */
function startElsewhere() {
  const script = `import { startPostgres } from ${JSON.stringify(path.resolve("demo/postgres.ts"))};
    startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false }).then(({ url }) => console.log(url));`;
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  if (child.exitCode === null && !child.signalCode) await once(child, "exit");
}

/** Whether initdb has written its first file, which is long before its last. */
function beginsData(): boolean {
  const pointer = `${dataDir}.path`; // as root the data lie elsewhere
  const cluster = existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : dataDir;
  const places = readdirSync(path.dirname(cluster)).filter((name) => name.startsWith(path.basename(cluster)));
  return places.some((name) => existsSync(path.join(path.dirname(cluster), name, "PG_VERSION")));
}

async function expectToServe(): Promise<void> {
  const next = await startPostgres({ dataDir, durable: false });
  try {
    expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
  } finally {
    await next.stop();
  }
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
