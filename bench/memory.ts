/**
 * A5: the peak memory of a worker, in a heap as small containers give it, that syncs a large world, against one that syncs a tenth
 * of it. RESOURCES sets the large one; each has a database of its own.
 */
import { fork } from "node:child_process";
import path from "node:path";

const large = Number(process.env.RESOURCES ?? 200_000);
const accounts = Number(process.env.ACCOUNTS ?? 20);

const small = await peak(large / 10);
const big = await peak(large);
console.log(
  JSON.stringify({
    ratio: Math.round((big.peakMb / small.peakMb) * 1000) / 1000,
    largeMb: big.peakMb,
    smallMb: small.peakMb,
    resources: big.resources,
    resourcesSmall: small.resources,
    secondsLarge: big.seconds,
    complete: big.isComplete && small.isComplete,
  }),
);

interface Told {
  peakMb: number;
  resources: number;
  seconds: number;
  isComplete: boolean;
}

function peak(resources: number): Promise<Told> {
  const child = fork(path.resolve("bench/sync/sync-once.ts"), [JSON.stringify({ seed: 7, accounts, resources })], {
    execArgv: ["--import", "tsx"],
  });
  return new Promise((done, failed) => {
    child.once("message", (told) => done(told as Told));
    child.once("exit", (code) => code && failed(new Error(`the sync's process ended with ${code}`)));
  });
}
