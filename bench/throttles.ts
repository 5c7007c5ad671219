/**
 * A2 where AWS's token buckets bind: calls sent beyond those needed, once where every bucket is at least what we take it for, and once
 * where it is a quarter of what it usually is, which nobody told us. RESOURCES, in two accounts of two regions, sets the size.
 */
import { fork } from "node:child_process";
import path from "node:path";

const resources = Number(process.env.RESOURCES ?? 10_000);

// No bucket of the simulation is smaller than a third of the rate that we know for it.
const known = await sync(3);
const unknown = await sync(0.25);
console.log(JSON.stringify({ known, unknown, complete: known.complete && unknown.complete }));
process.exit(known.callsRatio <= 1.02 && unknown.callsRatio <= 1.05 && known.complete && unknown.complete ? 0 : 1);

interface Told {
  callsRatio: number;
  complete: boolean;
}

function sync(limits: number): Promise<Told> {
  const child = fork(path.resolve("bench/sync/throttled-sync.ts"), [JSON.stringify({ resources, limits })], {
    execArgv: ["--import", "tsx"],
  });
  return new Promise((done, failed) => {
    child.once("message", (told) => done(told as Told));
    child.once("exit", (code) => code && failed(new Error(`the sync's process ended with ${code}`)));
  });
}
