/**
 * A2 where AWS's token buckets bind: calls sent beyond those needed, once where every bucket is at least what we take it for, and once
 * where it is a quarter of what it usually is, which nobody told us. RESOURCES, in two accounts of two regions, sets the size.
 */
import { toldBy } from "./worlds/told";

const resources = Number(process.env.RESOURCES ?? 10_000);

// No bucket of the simulation is smaller than a third of the rate that we know for it.
const known = await sync(3);
const unknown = await sync(0.25);
console.log(JSON.stringify({ known, unknown, complete: known.complete && unknown.complete }));
process.exit(known.callsRatio <= 1.02 && unknown.callsRatio <= 1.05 && known.complete && unknown.complete ? 0 : 1);

function sync(limits: number) {
  return toldBy<{ callsRatio: number; complete: boolean }>("sync/throttled-sync.ts", { resources, limits });
}
