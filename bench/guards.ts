/**
 * Takes each guard out in turn, in a copy of the project, and runs the test that should notice. A guard that can be taken out with
 * its test still green guards nothing. `npm run bench -- guards` tries all of them, `npm run bench -- guards F8` those of one goal,
 * `npm run bench -- guards F10 journeys` those of them that a journey in a browser notices, on a build of their own.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { guards, type Guard } from "./guards/list";

const root = path.resolve(import.meta.dirname, "..");
const wanted = process.argv.slice(2);
const chosen = guards.filter(({ goal, project }) => wanted.every((word) => word === goal || word === project));
const hasJourneys = chosen.some(({ project }) => project === "journeys");
const copy = copyOfTheProject();
const results = [];
try {
  for (const guard of chosen) {
    const { goal, name } = guard;
    const result = withoutIt(guard);
    results.push({ goal, name, ...result });
    console.log(`${result.wasNoticed ? "✓ red" : "✗ GREEN"}  ${goal}  ${name}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
const unnoticed = results.filter(({ wasNoticed }) => !wasNoticed).length;
console.log(JSON.stringify({ bench: "guards", guards: results.length, unnoticed, results }));
process.exitCode = unnoticed > 0 || results.length === 0 ? 1 : 0;

/** Every file that git lists or would, with the installed packages and the generated client beside them. */
function copyOfTheProject(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-guards-"));
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  for (const file of listed.split("\0").filter(Boolean)) cpSync(path.join(root, file), path.join(folder, file));
  cpSync(path.join(root, "server/db/generated"), path.join(folder, "server/db/generated"), { recursive: true });
  const installed = path.join(root, "node_modules");
  // A build follows no link out of its folder; hard links take no room.
  if (hasJourneys) execFileSync("cp", ["-al", installed, path.join(folder, "node_modules")]);
  else symlinkSync(installed, path.join(folder, "node_modules"));
  const assets = ".local/clerk-assets";
  if (hasJourneys && existsSync(path.join(root, assets)))
    cpSync(path.join(root, assets), path.join(folder, ".local/e2e/clerk-assets"), { recursive: true });
  return folder;
}

function withoutIt({ file, out: [from, to], test, project, only }: Guard): { wasNoticed: boolean; seconds: number } {
  const target = path.join(copy, file);
  const whole = readFileSync(target, "utf8");
  if (whole.split(from).length !== 2)
    throw new Error(`${file} does not have “${from}” once: say here where the guard is.`);
  writeFileSync(
    target,
    whole.replace(from, () => to),
  );
  const started = performance.now();
  const { status, failed } = project === "journeys" ? journey(test, only) : suite(project, test, only);
  writeFileSync(target, whole);
  // Red because an assertion failed, and not because nothing could be run.
  return { wasNoticed: status !== 0 && failed > 0, seconds: Math.round((performance.now() - started) / 1000) };
}

function suite(project: string, test: string, only?: string) {
  const args = ["run", "--project", project, test, ...(only ? ["-t", only] : []), "--reporter=json"];
  const { status, stdout } = run("node_modules/vitest/vitest.mjs", args);
  return { status, failed: Number(/"numFailedTests":(\d+)/.exec(stdout)?.[1] ?? 0) };
}

function journey(test: string, only?: string) {
  const args = ["test", test, ...(only ? ["-g", only] : []), "--reporter=json"];
  const { status, stdout } = run("node_modules/@playwright/test/cli.js", args);
  return { status, failed: Number(/"unexpected": (\d+)/.exec(stdout)?.[1] ?? 0) };
}

function run(program: string, args: string[]) {
  return spawnSync(process.execPath, [program, ...args], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, LOG_LEVEL: "fatal" },
    maxBuffer: 1e9,
  });
}
