/**
 * F9: a thousand generated inputs for every procedure, every REST verb and every export, none of them answered by a failure of ours.
 * `npm test` asks the same with fewer. `npm run bench -- inputs`; INPUTS sets how many.
 */
import { runTests } from "./tests/run";

process.env.INPUTS ??= "1000";
const files = [
  "server/routers/inputs.int.test.ts",
  "server/rest/robust.int.test.ts",
  "server/routers/export-inputs.int.test.ts",
];

const { passed, failures, said } = await runTests(process.cwd(), { project: "integration", files, only: [] });
for (const { name, message } of failures) console.log(`✗ ${name}\n${message.slice(0, 2000)}`);
const passes = passed.length > 0 && failures.length === 0;
if (!passes && failures.length === 0) console.log(said);
console.log(
  JSON.stringify({
    bench: "inputs",
    inputs: Number(process.env.INPUTS),
    passed: passed.length,
    failed: failures.length,
    passes,
  }),
);
process.exit(passes ? 0 : 1);
