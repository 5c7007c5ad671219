/**
 * Takes each guard out in turn, in a copy of the project, and runs the test that should notice. A guard that can be taken out with
 * its test still green guards nothing; nor does a test tell anything that is red with every guard in its place, so those are run
 * first. `npm run bench -- guards` tries all of them; words choose: a goal (F8), a project (unit, integration, journeys), a part of
 * a guard's name ("is written down"). `resume` leaves out those that an earlier run saw noticed, where neither they nor their tests
 * have changed since. What a journey notices needs a build of its own. The working tree is only read.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { copyOfTheProject, root } from "./guards/copy";
import { guards, type Guard } from "./guards/list";
import { runTests, stopTests, type Ran } from "./guards/run-tests";

const words = process.argv.slice(2).filter((word) => word !== "resume");
const isResumed = process.argv.includes("resume");
const noticedBefore = readRecord();
/** As they are now: the tree may change while the copy is tried. */
const keys = new Map(guards.map((guard) => [guard, keyOf(guard)]));
const fits = ({ goal, project, name }: Guard) =>
  words.every((word) => word === goal || word === project || name.toLowerCase().includes(word.toLowerCase()));
const chosen = guards.filter(fits);
const toTry = chosen.filter((guard) => !isResumed || !noticedBefore.includes(keys.get(guard)!));

const copy = copyOfTheProject({ isBuilt: toTry.some(({ project }) => project === "journeys") });
const remove = () => rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
let isStopped = false;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    if (isStopped) return;
    isStopped = true;
    void stopTests().then(() => {
      remove();
      process.exit(signal === "SIGINT" ? 130 : 143);
    });
  });

const results: { goal: string; name: string; wasNoticed: boolean; seconds: number; said: string }[] = [];
let redWithGuards: string[] = [];
try {
  redWithGuards = await redInPlace(toTry);
  for (const problem of redWithGuards) console.log(`✗ red with every guard in its place: ${problem}`);
  for (const guard of redWithGuards.length > 0 ? [] : toTry) {
    const { seconds, ...ran } = await withoutIt(guard);
    // Red because an assertion failed, and not because nothing could be run.
    const wasNoticed = ran.failed > 0;
    results.push({ goal: guard.goal, name: guard.name, wasNoticed, seconds, said: ran.said });
    if (wasNoticed) keepRecord(keys.get(guard)!);
    console.log(`${wasNoticed ? "✓ red" : "✗ GREEN"}  ${guard.goal}  ${guard.name} (${seconds} s)  ${ran.said}`);
  }
} finally {
  if (!isStopped) remove();
}
const unnoticed = results.filter(({ wasNoticed }) => !wasNoticed).length;
const passes = chosen.length > 0 && redWithGuards.length === 0 && unnoticed === 0;
console.log(
  JSON.stringify({
    bench: "guards",
    guards: chosen.length,
    tried: results.length,
    noticedBefore: chosen.length - toTry.length,
    unnoticed,
    redWithGuards,
    results: results.map(({ said: _said, ...told }) => told),
    passes,
  }),
);
process.exitCode = passes ? 0 : 1;

/** Runs what is about to be turned red, with nothing taken out; says what is red or has no such test. */
async function redInPlace(all: Guard[]): Promise<string[]> {
  const problems: string[] = [];
  for (const project of ["unit", "integration", "journeys"] as const)
    for (const isNamed of [true, false]) {
      const some = all.filter((guard) => guard.project === project && Boolean(guard.only) === isNamed);
      if (some.length === 0) continue;
      const files = [...new Set(some.map(({ test }) => test))];
      const only = isNamed ? [...new Set(some.map((guard) => guard.only!))] : [];
      const ran = await runTests(copy, { project, files, only });
      if (ran.failed > 0 || ran.passed.length === 0) problems.push(`${project}: ${ran.said || "no test ran"}`);
      for (const { test, only: name = "", goal } of some)
        if (!ran.passed.some((one) => one.file.endsWith(test) && one.name.includes(name)))
          problems.push(`${goal}: ${test} has no test “${name}” that passes`);
    }
  return problems;
}

async function withoutIt({ file, out: [from, to], test, project, only }: Guard): Promise<Ran & { seconds: number }> {
  const target = path.join(copy, file);
  const whole = readFileSync(target, "utf8");
  if (whole.split(from).length !== 2)
    throw new Error(`${file} does not have “${from}” once: say here where the guard is.`);
  writeFileSync(
    target,
    whole.replace(from, () => to),
  );
  const started = performance.now();
  const ran = await runTests(copy, { project, files: [test], only: only ? [only] : [] });
  writeFileSync(target, whole);
  return { ...ran, seconds: Math.round((performance.now() - started) / 1000) };
}

/** The guard, where it stands, and its test, as they are now. */
function keyOf(guard: Guard): string {
  const hash = createHash("sha256").update(JSON.stringify(guard));
  for (const file of [guard.file, guard.test]) hash.update(readFileSync(path.join(root, file)));
  return hash.digest("hex");
}

function recordFile(): string {
  return path.join(root, ".local/guards.json");
}

function readRecord(): string[] {
  return existsSync(recordFile()) ? (JSON.parse(readFileSync(recordFile(), "utf8")) as string[]) : [];
}

function keepRecord(key: string): void {
  mkdirSync(path.dirname(recordFile()), { recursive: true });
  writeFileSync(recordFile(), JSON.stringify([...new Set([...readRecord(), key])]));
}
