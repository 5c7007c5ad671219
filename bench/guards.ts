/**
 * Takes each guard out in turn, in a copy of the project, and runs the test that should notice; those that stand in many places, as the
 * line that each mutation writes of itself, are read from the source and taken out together, each with a test of its own. A guard that can be taken out with
 * its test still green guards nothing; nor does a test tell anything that is red with every guard in its place, so those are run
 * first. `npm run bench -- guards` tries all of them; words choose: a goal (F8), a project (unit, integration, journeys), a part of
 * a guard's name ("is written down"). `resume` leaves out those that an earlier run saw noticed, where neither they nor their tests
 * have changed since. What a journey notices needs a build of its own. The working tree is only read.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { guardsOfManyPlaces } from "./guards/all-at-once";
import { copyOfTheProject, root } from "./guards/copy";
import { guards } from "./guards/list";
import { runTests, stopTests, type Ran } from "./tests/run";
import { edited, trialOf, type Trial } from "./guards/trial";

const words = process.argv.slice(2).filter((word) => word !== "resume");
const isResumed = process.argv.includes("resume");
const noticedBefore = readRecord();
const all = [...guards.map(trialOf), ...guardsOfManyPlaces()];
/** As they are now: the tree may change while the copy is tried. */
const keys = new Map(all.map((trial) => [trial, keyOf(trial)]));
const fits = ({ goal, project, name }: Trial) =>
  words.every((word) => word === goal || word === project || name.toLowerCase().includes(word.toLowerCase()));
const chosen = all.filter(fits);
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

const results: { goal: string; name: string; places: number; unnoticed: string[]; seconds: number }[] = [];
let redWithGuards: string[] = [];
try {
  const inPlace = await runInPlace(toTry);
  redWithGuards = inPlace.problems;
  for (const problem of redWithGuards) console.log(`✗ red with every guard in its place: ${problem}`);
  for (const trial of redWithGuards.length > 0 ? [] : toTry) {
    const { seconds, failures, said } = await withoutIt(trial);
    const { goal, name } = trial;
    const places = trial.edits.length;
    // Red because an assertion failed, and not because nothing could be run.
    const unnoticed = trial.unnoticed(
      failures,
      inPlace.passed.filter((test) => isMeant(test, trial)),
    );
    results.push({ goal, name, places, unnoticed, seconds });
    if (unnoticed.length === 0) keepRecord(keys.get(trial)!);
    const told = places > 1 && failures.length > 0 ? `${places} places, ${failures.length} tests` : said;
    console.log(`${unnoticed.length === 0 ? "✓ red" : "✗ GREEN"}  ${goal}  ${name} (${seconds} s)  ${told}`);
    if (places > 1) for (const one of unnoticed) console.log(`         not noticed: ${one}`);
  }
} finally {
  if (!isStopped) remove();
}
const unnoticed = results.filter((result) => result.unnoticed.length > 0).length;
const passes = chosen.length > 0 && redWithGuards.length === 0 && unnoticed === 0;
console.log(
  JSON.stringify({
    bench: "guards",
    guards: chosen.length,
    tried: results.length,
    noticedBefore: chosen.length - toTry.length,
    unnoticed,
    redWithGuards,
    results,
    passes,
  }),
);
process.exitCode = passes ? 0 : 1;

/** Runs what is about to be turned red, with nothing taken out; says what is red or has no such test. */
async function runInPlace(trials: Trial[]): Promise<{ passed: Ran["passed"]; problems: string[] }> {
  const passed: Ran["passed"] = [];
  const problems: string[] = [];
  for (const project of ["unit", "integration", "journeys"] as const)
    for (const isNamed of [true, false]) {
      const some = trials.filter((trial) => trial.project === project && trial.only.length > 0 === isNamed);
      if (some.length === 0) continue;
      const files = [...new Set(some.flatMap(({ tests }) => tests))];
      const ran = await runTests(copy, { project, files, only: [...new Set(some.flatMap(({ only }) => only))] });
      if (ran.failures.length > 0 || ran.passed.length === 0) problems.push(`${project}: ${ran.said || "no test ran"}`);
      passed.push(...ran.passed);
      for (const trial of some)
        for (const only of isNamed ? trial.only.map((part) => [part]) : [[]])
          if (!ran.passed.some((test) => isMeant(test, { ...trial, only })))
            problems.push(`${trial.goal}: ${trial.tests.join(", ")} has no test “${only.join("")}” that passes`);
    }
  return { passed, problems };
}

function isMeant({ file, name }: Ran["passed"][number], { tests, only }: Pick<Trial, "tests" | "only">): boolean {
  return tests.some((test) => file.endsWith(test)) && (only.length === 0 || only.some((part) => name.includes(part)));
}

async function withoutIt({ edits, tests, project, only }: Trial): Promise<Ran & { seconds: number }> {
  const files = [...new Set(edits.map(({ file }) => file))].map((file) => {
    const target = path.join(copy, file);
    return { target, whole: readFileSync(target, "utf8"), own: edits.filter((edit) => edit.file === file) };
  });
  for (const { target, whole, own } of files) writeFileSync(target, edited(whole, own));
  const started = performance.now();
  const ran = await runTests(copy, { project, files: tests, only });
  for (const { target, whole } of files) writeFileSync(target, whole);
  return { ...ran, seconds: Math.round((performance.now() - started) / 1000) };
}

/** The guard, where it stands, and its test, as they are now. */
function keyOf({ edits, tests, ...trial }: Trial): string {
  const hash = createHash("sha256").update(JSON.stringify({ edits, tests, ...trial }));
  for (const file of new Set([...edits.map((edit) => edit.file), ...tests]))
    hash.update(readFileSync(path.join(root, file)));
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
