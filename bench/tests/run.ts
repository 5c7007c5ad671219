import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import type { Guard } from "../guards/list";

export interface Ran {
  passed: { file: string; name: string }[];
  failures: Failure[];
  /** What the first failure said, in a line. */
  said: string;
}

export interface Failure {
  name: string;
  message: string;
}

interface Wanted {
  project: Guard["project"];
  files: string[];
  /** Parts of tests' names; none is all of them. */
  only: string[];
}

let running: { child: ChildProcess; ended: Promise<unknown> } | undefined;

/** Runs tests of the project that is copied to `cwd`, by the runner that they are written for. */
export async function runTests(cwd: string, { project, files, only }: Wanted): Promise<Ran> {
  const pattern = only.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  if (project === "journeys") {
    const args = ["test", ...files, ...(pattern ? ["-g", pattern] : []), "--reporter=json"];
    return journeysOf(await outputOf(cwd, "node_modules/@playwright/test/cli.js", args));
  }
  const args = ["run", "--project", project, ...files, ...(pattern ? ["-t", pattern] : []), "--reporter=json"];
  return suitesOf(await outputOf(cwd, "node_modules/vitest/vitest.mjs", args));
}

/** Ends what is running as Ctrl-C does, so that it ends what it started in turn. */
export async function stopTests(): Promise<void> {
  if (!running?.child.pid) return;
  running.child.kill("SIGINT");
  if ((await Promise.race([running.ended, delay(20_000, "late")])) === "late")
    process.kill(-running.child.pid, "SIGKILL");
}

/** In a group of its own: a Ctrl-C comes from us alone, and once, as two would leave its database running. */
async function outputOf(cwd: string, program: string, args: string[]): Promise<string> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...process.env, LOG_LEVEL: "fatal" },
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise((done) => child.once("close", done));
  running = { child, ended };
  await ended;
  running = undefined;
  return text;
}

interface VitestReport {
  testResults: {
    name: string;
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

function suitesOf(output: string): Ran {
  const report = reportIn<VitestReport>(output);
  if (!report) return { passed: [], failures: [], said: "nothing could be run" };
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: name, name: test.fullName })),
  );
  const failures = tests.filter(({ status }) => status === "failed");
  const said = failures.map(({ name, failureMessages }) => ({ name, message: failureMessages?.join("\n") ?? "" }));
  const unrun = report.testResults.find(({ assertionResults, message }) => assertionResults.length === 0 && message);
  return {
    passed: tests.filter(({ status }) => status === "passed"),
    failures: said,
    said: lineOf(said[0]?.message ?? unrun?.message),
  };
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: {
    title: string;
    file: string;
    ok: boolean;
    tests: { results: { status: string; error?: { message?: string } }[] }[];
  }[];
}

function journeysOf(output: string): Ran {
  const report = reportIn<{ suites: PlaywrightSuite[]; errors: { message?: string }[] }>(output);
  if (!report) return { passed: [], failures: [], said: "nothing could be run" };
  const all = (suite: PlaywrightSuite): NonNullable<PlaywrightSuite["specs"]> => [
    ...(suite.specs ?? []),
    ...(suite.suites ?? []).flatMap(all),
  ];
  const specs = report.suites.flatMap(all);
  const failures = specs
    .filter(({ ok }) => !ok)
    .map(({ title, tests }) => {
      const error = tests.flatMap(({ results }) => results).find((result) => result.error)?.error;
      return { name: title, message: error?.message ?? "" };
    });
  return {
    passed: specs.filter(({ ok }) => ok).map(({ file, title }) => ({ file: `e2e/${file}`, name: title })),
    failures,
    said: lineOf(failures[0]?.message ?? report.errors[0]?.message),
  };
}

/** A runner may have said something before its report. */
function reportIn<T>(output: string): T | null {
  const start = output.search(/^\{/m);
  if (start < 0) return null;
  try {
    return JSON.parse(output.slice(start)) as T;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // it was stopped in the middle
    throw error;
  }
}

const lineOf = (message = "") =>
  message
    // oxlint-disable-next-line no-control-regex -- the colours of a terminal
    .replaceAll(/\u001b\[\d+m/g, "")
    .split("\n")
    .slice(0, 3)
    .join(" ")
    .replaceAll(/\s+/g, " ")
    .slice(0, 200);
