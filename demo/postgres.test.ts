import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
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
    const script = `import { startPostgres } from ${JSON.stringify(path.resolve("demo/postgres.ts"))};
      startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false }).then(({ url }) => console.log(url));`;
    const killed = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(killed.stdout, "data");
    killed.kill("SIGKILL");
    await once(killed, "exit");

    const next = await startPostgres({ dataDir, durable: false });
    try {
      expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
    } finally {
      await next.stop();
    }
  }, 60_000);
});

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
