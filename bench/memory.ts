/**
 * A5: the peak memory of a worker, in a heap as small containers give it, that syncs a large world, against one that syncs a tenth
 * of it. RESOURCES sets the large one; each has a database of its own.
 */
import { toldBy } from "./worlds/told";

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
  return toldBy("sync/sync-once.ts", { seed: 7, accounts, resources });
}
