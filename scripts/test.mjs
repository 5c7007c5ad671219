// `npm test`: the checks, the tests on a real PostgreSQL and the simulated AWS, the production build and what it serves, and the journeys in a real
// browser. Each part must pass, and a suite that ran no test has not passed. `CLOUDGUARD_TEST=unit,journeys` runs some of it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureBrowser, installPackages, isDebianRoot } from "./find-browser.mjs";
import { root } from "./root.mjs";

const reports = path.join(root, ".local/reports");
const tool = (file) => path.join(root, "node_modules", file);
const lines = [];
const started = performance.now();

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const parts = {
  setup: async () => {
    process.env.CHROME_PATH = ensureBrowser();
    const hasBoto = () => spawnSync("python3", ["-c", "import boto3"]).status === 0;
    if (!hasBoto() && isDebianRoot) installPackages("python3-boto3");
    if (!hasBoto())
      throw new Error(
        "python3 with boto3 is missing, the independent client of the simulated AWS: install it (pip install boto3).",
      );
    return `browser ${process.env.CHROME_PATH}, boto3 there`;
  },
  checks: () => node("scripts/check.mjs"),
  unit: () => vitest("unit"),
  integration: () => vitest("integration"),
  build: () => node("scripts/build.mjs"),
  built: () => vitest("built"),
  journeys: async () => {
    if (
      !existsSync(path.join(root, "e2e")) ||
      !readdirSync(path.join(root, "e2e")).some((file) => file.endsWith(".spec.ts"))
    )
      throw new Error("there is no journey");
    const report = path.join(reports, "journeys.json");
    process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = report;
    await reported(node(tool("@playwright/test/cli.js"), "test", "--reporter=list,json"), report, failedJourneys);
    const { stats } = JSON.parse(readFileSync(report, "utf8"));
    return counted(stats.expected, stats.unexpected + stats.flaky, stats.skipped);
  },
};

const byDefault = ["setup", "checks", "unit", "integration", "build", "built", "journeys"];
const wanted = process.env.CLOUDGUARD_TEST?.split(",") ?? byDefault;
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0)
  throw new Error(`CLOUDGUARD_TEST takes ${Object.keys(parts).join(", ")}, not ${unknown.join(", ")}.`);

let failed = 0;
for (const [name, part] of Object.entries(parts)) {
  if (name !== "setup" && !wanted.includes(name)) continue;
  if (name === "setup" && !wanted.some((one) => ["setup", "integration", "journeys"].includes(one))) continue;
  const start = performance.now();
  console.log(`\n── ${name}`);
  const line = `${name.padEnd(12)} `;
  try {
    const result = await part();
    lines.push(`✓ ${line}${seconds(start)}  ${result ?? ""}`);
  } catch (error) {
    failed += 1;
    lines.push(`✗ ${line}${seconds(start)}  ${error.message}`);
  }
}
console.log(
  `\n${lines.join("\n")}\n${failed > 0 ? `${failed} of ${lines.length} parts failed` : "Everything passes"} (${seconds(started)}).`,
);
process.exit(failed > 0 ? 1 : 0);

async function vitest(project) {
  const report = path.join(reports, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  await reported(node(tool("vitest/vitest.mjs"), "run", "--project", project, ...reporters), report, failedTests);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, "utf8"));
  return counted(numPassedTests, numFailedTests, numPendingTests + numTodoTests);
}

/** Names what failed in the part's own line as well: the last lines are all that some who read a log see. */
async function reported(run, report, failedIn) {
  try {
    await run;
  } catch (error) {
    const failed = existsSync(report) ? failedIn(JSON.parse(readFileSync(report, "utf8"))) : [];
    throw new Error([error.message, ...failed.map((test) => `    ${test}`)].join("\n"), { cause: error });
  }
}

function failedTests({ testResults }) {
  return testResults.flatMap(({ name, status, assertionResults, message }) => {
    const file = path.relative(root, name);
    const failed = assertionResults.filter((test) => test.status === "failed");
    // A file that could not be loaded has no test that failed.
    if (failed.length === 0) return status === "failed" ? [`${file}: ${message}`] : [];
    return failed.map((test) => `${file} > ${test.fullName}`);
  });
}

function failedJourneys({ suites }) {
  return suites.flatMap(({ suites: inner = [], specs = [] }) => [
    ...specs.filter(({ ok }) => !ok).map(({ file, line, title }) => `${file}:${line} > ${title}`),
    ...failedJourneys({ suites: inner }),
  ]);
}

function counted(passed, broken, skipped) {
  if (passed === 0) throw new Error("no test ran");
  if (broken > 0 || skipped > 0) throw new Error(`${broken} failed, ${skipped} skipped`);
  return `${passed} tests`;
}

function node(...args) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: process.env,
    });
    child.once("error", fail);
    child.once("close", (code, signal) =>
      code === 0 ? done() : fail(new Error(`ended with ${signal ?? `code ${code}`}`)),
    );
  });
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`.padStart(8);
}
