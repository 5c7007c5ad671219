/**
 * F9: a thousand generated inputs for every procedure, every REST verb and every export, none of them answered by a failure of ours.
 * `npm test` asks the same with fewer. `npm run bench -- inputs`; INPUTS sets how many.
 */
import { spawnSync } from "node:child_process";

const inputs = Number(process.env.INPUTS ?? 1000);
const tests = [
  "server/routers/inputs.int.test.ts",
  "server/rest/robust.int.test.ts",
  "server/routers/export-inputs.int.test.ts",
];

const { status, stdout } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--project", "integration", ...tests, "--reporter=json"],
  {
    encoding: "utf8",
    env: { ...process.env, INPUTS: String(inputs), LOG_LEVEL: "fatal" },
    maxBuffer: 1e9,
    stdio: ["ignore", "pipe", "inherit"],
  },
);
const counted = (name: string) => Number(new RegExp(`"${name}":(\\d+)`).exec(stdout)?.[1] ?? 0);
const passed = counted("numPassedTests");
const failed = counted("numFailedTests");
const passes = status === 0 && passed > 0 && failed === 0;
console.log(JSON.stringify({ bench: "inputs", inputs, passed, failed, passes }));
process.exit(passes ? 0 : 1);
