import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { removeData } from "../demo/postgres-native";
import { expect, test } from "./journey";
import { startDemo, type DemoAddresses, type RunningDemo } from "./world";

const root = path.resolve(import.meta.dirname, "..");

let closed: string;
let clone: string;
let running: RunningDemo | null = null;

test.beforeEach(() => {
  // Made with mode 0700: as root, PostgreSQL runs as another user, to whom everything below is closed.
  closed = mkdtempSync(path.join(root, ".local/private-"));
  clone = path.join(closed, "clone");
  makeClone();
});

test.afterEach(async () => {
  await running?.end();
  removeData(path.join(clone, ".local/postgres"));
  rmSync(closed, { recursive: true, force: true });
});

test("the demo serves from a clone that only its owner can enter, starts again on what it kept, and stops all it started", async () => {
  test.setTimeout(300_000);
  const { CLOUDGUARD_LOCAL_DIR: _journeys, ...env } = process.env;
  const place = { cwd: clone, folder: path.join(clone, ".local"), env };

  const first = (running = await startDemo(place));
  expect(await health(first.addresses)).toMatchObject({ status: 200, body: { status: "ok" } });
  const started = descendantsOf(first.addresses.pid);
  expect(started.length).toBeGreaterThan(4);
  expect(readFileSync(path.join(place.folder, "demo.log"), "utf8")).toContain("connecting");
  expect(await first.end()).toBe(0);
  await expect.poll(() => started.filter(isAlive)).toEqual([]);
  expect(existsSync(path.join(place.folder, "demo.json"))).toBe(false);

  const again = (running = await startDemo(place));
  expect(readFileSync(path.join(place.folder, "demo.log"), "utf8")).not.toContain("connecting");
  expect(await health(again.addresses)).toMatchObject({ status: 200, body: { status: "ok" } });
  expect(await again.end()).toBe(0);
});

/** What git would clone, with this project's packages and the build that the journeys' own demo made. */
function makeClone(): void {
  mkdirSync(path.join(clone, ".local"), { recursive: true });
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const file of listed.toString().split("\0").filter(Boolean))
    if (existsSync(path.join(root, file))) cpSync(path.join(root, file), path.join(clone, file));
  for (const made of ["node_modules", ".next", "server/db/generated", ".local/build.json", ".local/clerk-assets"])
    if (existsSync(path.join(root, made))) linkTree(path.join(root, made), path.join(clone, made));
}

/** Hard links where `cp` knows them: a copy of all packages would take longer than the rest of the test. */
function linkTree(from: string, to: string): void {
  if (spawnSync("cp", ["-al", from, to]).status === 0) return;
  rmSync(to, { recursive: true, force: true });
  execFileSync("cp", ["-a", from, to]);
}

async function health({ app }: DemoAddresses) {
  const answer = await fetch(`${app}/api/health`);
  return { status: answer.status, body: (await answer.json()) as unknown };
}

/** Every process below `pid`: PostgreSQL's own, the simulated AWS, the stand-in, the application, and who watches over them. */
function descendantsOf(pid: number): number[] {
  const pairs = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] =>
    pairs.flatMap(([child, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
