import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { appEnv, buildEnv, clerkEnv, type Addresses } from "./app-env";
import { startChildren } from "./children";
import type { DemoOptions } from "./command-line";
import { keptWorld } from "./kept-world";
import { localSecrets } from "./local-secrets";
import { isFree, rememberedPorts } from "./ports";
import { startPostgres, type RunningPostgres } from "./postgres";
import { removeData } from "./postgres-native";
import { chooseWorld, type WorldChoice } from "./settings";

const root = path.resolve(import.meta.dirname, "..");
const localDir = process.env.CLOUDGUARD_LOCAL_DIR ?? path.join(root, ".local");
const dataDir = path.join(localDir, "postgres");
// Where the install has put them: they are no state of a run.
const clerkAssets = path.join(root, ".local/clerk-assets");
const kept = keptWorld(localDir);
const record = path.join(localDir, "demo.json");
const lock = path.join(localDir, "running.json");
const withTsx = ["--import", "tsx"];

/** Builds and serves the demo's world until it is told to stop. Throws, with everything ended, when a part of it fails. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const choice = chooseWorld(process.env);
  if (choice.database === "given") {
    const { checkGivenDatabase } = await import("./given-database");
    await checkGivenDatabase(process.env.DATABASE_URL!);
  }
  mkdirSync(localDir, { recursive: true });
  takeClone(options.port);
  try {
    await serveWorld(options, choice);
  } finally {
    rmSync(lock, { force: true });
  }
}

async function serveWorld({ port, reset, dev }: DemoOptions, choice: WorldChoice): Promise<void> {
  if (!(await isFree(port)))
    throw new Error(
      `Port ${port} is taken by another program. Choose another: npm run ${dev ? "dev" : "demo"} -- --port ${port + 1}`,
    );
  let say = progress();
  const ending = anEnding();
  const children = startChildren({
    logDir: path.join(localDir, "logs"),
    onDeath: ending.fail,
    echo: dev ? (name, text) => void (name === "app" && process.stdout.write(text)) : undefined,
  });
  const stop = () => {
    say("Stopping.");
    say = () => {};
    ending.finish();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  let postgres: Promise<RunningPostgres> | undefined;

  async function begin(): Promise<void> {
    const secrets = localSecrets(localDir);
    const ports = await rememberedPorts(localDir, ["postgres", "aws", "clerk"]);
    const built = dev
      ? Promise.resolve()
      : children.finish("build", ["scripts/build.mjs", "--app-only", "--if-changed"], {
          cwd: root,
          env: buildEnv(process.env, choice, secrets),
        });
    let isBuilt = dev;
    built.then(
      () => {
        if (!dev) say("The application is built.");
        isBuilt = true;
      },
      (error: Error) => ending.fail(error.message),
    );
    // The install does this too; where it had no network then, this is the second try.
    const fetched =
      choice.clerk === "real"
        ? Promise.resolve()
        : children.finish("clerk-assets", ["demo/clerk/fetch-assets.mjs"], {
            cwd: root,
            env: { ...process.env, CLERK_LOCAL_ASSETS: clerkAssets },
          });
    fetched.catch((error: Error) => ending.fail(error.message));
    if (reset) {
      if (choice.database === "given") say("Your own database is left as it is; npm run db:reset empties it.");
      removeData(dataDir);
      kept.forget();
    }
    const aws = `http://127.0.0.1:${ports.aws}`;
    const clerk = `http://127.0.0.1:${ports.clerk}`;
    if (choice.aws === "simulated")
      children.serve("aws", [...withTsx, "demo/aws/main.ts"], {
        cwd: root,
        env: {
          ...process.env,
          PORT: String(ports.aws),
          AWS_SIM_FIRST_DAY: kept.firstDay(new Date()),
          AWS_SIM_KEPT_IN: kept.awsFile,
        },
      });
    if (choice.clerk === "stand-in") {
      const own = {
        ...clerkEnv(secrets, clerk),
        CLERK_LOCAL_PRIVATE_KEY: secrets.clerkPrivateKey,
        CLERK_LOCAL_ASSETS: clerkAssets,
      };
      children.serve("clerk", [...withTsx, "demo/clerk/main.ts"], { cwd: root, env: { ...process.env, ...own } });
    }
    if (choice.database === "local") {
      postgres = startPostgres({ dataDir, port: ports.postgres });
      await postgres;
      say("PostgreSQL is running.");
    }
    // chooseWorld said which of the two there is
    const databaseUrl = (await postgres)?.url ?? process.env.DATABASE_URL!;
    const at: Addresses = { app: `http://localhost:${port}`, aws, clerk, databaseUrl };
    const env = appEnv(process.env, choice, secrets, at);
    const { migrate } = await import("../server/db/migrate");
    await migrate(databaseUrl);
    say("The database's migrations are applied.");
    const simulation = choice.aws === "simulated" ? answering(`${aws}/_sim/health`) : Promise.resolve();
    simulation.catch((error: Error) => ending.fail(error.message));
    // A database of the person's own may be another one than last time.
    const database = await madeAt(databaseUrl);
    const isSeeded = choice.database === "local" && kept.isSeeded(database);
    const isPublished = simulation.then(() => (choice.aws === "simulated" ? publishTemplate(aws) : undefined));
    isPublished.catch((error: Error) => ending.fail(error.message));
    if (choice.aws === "simulated" && choice.clerk === "stand-in" && !isSeeded) {
      await isPublished;
      say("The simulated AWS is running; connecting its accounts.");
      await children.finish("seed", [...withTsx, "demo/seed.ts"], {
        cwd: root,
        env: { ...env, SEEDED_FILE: kept.seededFile, SEEDED_DATABASE: database },
      });
      say("The demo's accounts are connected and synced.");
    }
    if (!isBuilt) say("The application is still being built.");
    await Promise.all([built, fetched]);

    // By name: Next takes 127.0.0.1 in a middleware's answer for another host, and would proxy to itself.
    const server = dev
      ? {
          args: ["node_modules/next/dist/bin/next", "dev", "--hostname", "localhost", "--port", String(port)],
          cwd: root,
          env: { ...env, NODE_ENV: "development" },
        }
      : {
          args: ["server.js"],
          cwd: path.join(root, ".next/standalone"),
          env: {
            ...env,
            NODE_ENV: "production",
            PORT: String(port),
            HOSTNAME: "localhost",
            NEXT_MANUAL_SIG_HANDLE: "true",
          },
        };
    children.serve("app", server.args, server);
    await Promise.all([answering(`${at.app}/api/health`), isPublished]);
    writeFileSync(
      record,
      JSON.stringify(
        {
          app: at.app,
          aws: env.AWS_ENDPOINT_URL ?? null,
          clerk: env.CLERK_FAPI_URL ?? null,
          databaseUrl: at.databaseUrl,
          pid: process.pid,
        },
        null,
        2,
      ),
    );
    say("Ready.");
    console.log(farewell(at, choice));
  }

  /** Patient, as a busy machine compiles for long; a part that dies is told of at once. */
  async function answering(url: string): Promise<void> {
    for (const until = Date.now() + 180_000; !(await answers(url)); await delay(100)) {
      if (Date.now() > until)
        throw new Error(`${url} did not answer 200 within three minutes. Its log is in .local/logs/.`);
    }
  }

  try {
    await Promise.race([begin().then(() => ending.reached), ending.reached]);
  } finally {
    rmSync(record, { force: true });
    await children.stop();
    // Also one that is only about to answer.
    const [started] = await Promise.allSettled([postgres]);
    if (started.status === "fulfilled") await started.value?.stop();
  }
}

/** When the database was first migrated, which differs after every reset of it. */
async function madeAt(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ at: Date }>(`select min(started_at) as at from _prisma_migrations`);
  await client.end();
  return rows[0]!.at.toISOString();
}

/** The template that quick-create links name lies on the simulated S3, whoever signs in. */
async function publishTemplate(aws: string): Promise<void> {
  const { roleTemplate } = await import("../server/accounts/role-template");
  const url = `${aws}/_sim/templates/cloudguard-role.json`;
  const answer = await fetch(url, { method: "PUT", body: JSON.stringify(roleTemplate()) });
  if (!answer.ok) throw new Error(`The role's template could not be published: ${answer.status}`);
}

/** What the demo waits for once it serves: somebody stops it, or a part of it dies. */
function anEnding(): { reached: Promise<void>; finish: () => void; fail: (message: string) => void } {
  let finish = () => {};
  let fail = (_message: string) => {};
  const reached = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = (message) => reject(new Error(message));
  });
  return { reached, finish, fail };
}

/** Two demos would share one database folder: throws where another one runs in this clone, and keeps others out until `lock` is gone. */
function takeClone(port: number): void {
  try {
    writeFileSync(lock, JSON.stringify({ pid: process.pid, port }), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    refuseSecondRun();
    // Of a demo that was killed.
    rmSync(lock, { force: true });
    takeClone(port);
  }
}

function refuseSecondRun(): void {
  const { pid, port } = readLock();
  const { stdout } = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  if (stdout?.includes("demo/start"))
    throw new Error(`The demo already runs at http://localhost:${port} (process ${pid}). Stop that one first.`);
}

function readLock(): { pid: number; port: number } {
  try {
    return JSON.parse(readFileSync(lock, "utf8")) as { pid: number; port: number };
  } catch {
    return { pid: 0, port: 0 }; // torn by whatever ended the machine, or gone in this moment
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).status === 200;
  } catch {
    return false; // nobody listens yet
  }
}

function progress(): (message: string) => void {
  const start = performance.now();
  return (message) => console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${message}`);
}

function farewell(at: Addresses, choice: WorldChoice): string {
  const lines = ["", `  CloudGuard    ${at.app}`];
  if (choice.clerk === "stand-in") lines.push("  Sign in as    demo@cloudguard.local   password  cloudguard-demo");
  if (choice.aws === "simulated")
    lines.push(`  AWS console   ${at.aws}/console   (simulated; connect account 400000000004 by hand)`);
  lines.push("  Stop with     Ctrl-C", "");
  return lines.join("\n");
}
