// `npm run db:generate | db:push | db:migrate | db:studio | db:reset | db:erase-tenant`. They work on DATABASE_URL, else on the running demo's database.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { register } from "tsx/esm/api";
import { generateClient, runPrisma } from "./generate.mjs";
import { loadDotEnv, root } from "./root.mjs";

loadDotEnv();
register();
const { databaseUrlForm, isDatabaseUrl } = await import("../server/database-url.ts");
const commands = {
  generate: () => generateClient(root, { force: true }),
  // The schema reaches a database through its migrations alone, so that what is tested is what is deployed.
  push: () => migrate(databaseUrl()),
  migrate: () => migrate(databaseUrl()),
  studio: () =>
    process.exit(
      runPrisma(root, ["studio", ...process.argv.slice(3)], { ...process.env, DATABASE_URL: databaseUrl() }).status ??
        1,
    ),
  reset: () => reset(databaseUrl()),
  "erase-tenant": () => run("server/db/erase-tenant-main.ts", databaseUrl(), process.argv.slice(3)),
};
const command = commands[process.argv[2]];
if (!command) fail(`Say what to do with the database: ${Object.keys(commands).join(", ")}.`);
try {
  await command();
} catch (error) {
  fail(error.message || error.code);
}

function databaseUrl() {
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL && !isDatabaseUrl(DATABASE_URL)) fail(`DATABASE_URL ${databaseUrlForm}.`);
  if (DATABASE_URL) return DATABASE_URL;
  const file = path.join(root, ".local/demo.json");
  if (existsSync(file)) {
    const { databaseUrl, pid } = JSON.parse(readFileSync(file, "utf8"));
    if (isAlive(pid)) return databaseUrl;
  }
  return fail(
    "Which database? Set DATABASE_URL in .env, or start the demo (npm run demo) and run this again in a second terminal.",
  );
}

function migrate(url) {
  run("server/db/migrate-main.ts", url);
}

function run(program, url, args = []) {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", program, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, DATABASE_URL: url },
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Empties the database and applies all migrations again. Development only: a production database is refused. */
async function reset(url) {
  if (process.env.NODE_ENV === "production")
    fail("db:reset deletes every row and is refused where NODE_ENV is production.");
  const { hostname, pathname } = new URL(url);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (!isLocal && !process.argv.includes("--force"))
    fail(
      `This would delete every row of ${pathname.slice(1)} on ${hostname}. If you mean it: npm run db:reset -- --force`,
    );
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await dropAll(client, 10);
  await client.end();
  migrate(url);
}

/** An application that reads meanwhile and this may lock each other out. PostgreSQL then ends one of the two, which tries again. */
async function dropAll(client, tries) {
  try {
    await client.query("drop schema public cascade; create schema public");
  } catch (error) {
    if (error.code !== "40P01" || tries === 1) throw error;
    await dropAll(client, tries - 1);
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
