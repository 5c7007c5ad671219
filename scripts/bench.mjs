// `npm run bench -- NAME`: runs one measurement of bench/. Its last line is one JSON object.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

const [name, ...rest] = process.argv.slice(2);
const file = `bench/${name}.ts`;
if (!name || !existsSync(file)) {
  const names = readdirSync("bench").flatMap((entry) => (entry.endsWith(".ts") ? [entry.slice(0, -3)] : []));
  console.error(`Say which measurement: npm run bench -- ${names.join(" | ")}`);
  process.exit(1);
}
const bench = spawn(process.execPath, ["--import", "tsx", file, ...rest], { stdio: "inherit" });
// It ends what it started before it ends itself, and so do we.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => bench.kill(signal));
bench.once("exit", (code) => process.exit(code ?? 1));
