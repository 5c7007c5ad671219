/** Pure: the calls that a world makes necessary, and the lower bound of a sync that follows from them. */
import type { World } from "../../demo/aws/world";

export interface NeededCalls {
  /** Of everything: list pages, item calls, tag sweeps, and two per account (AssumeRole and DescribeRegions). */
  Q: number;
  /** The lengths of the chains whose calls wait for one another. */
  chains: number[];
}

/** Counted from the world's own arrays: list pages, declared item calls, one tag sweep per region that has swept types. */
export function neededCalls(world: World): NeededCalls {
  const chains: number[] = [];
  let itemCalls = 0;
  const pages = (items: number, perPage: number) => Math.max(1, Math.ceil(items / perPage));
  for (const { regions, buckets } of world.accounts.values()) {
    chains.push(pages(buckets.length, 100));
    itemCalls += buckets.length * 3;
    for (const place of regions.values()) {
      for (const list of [place.instances, place.volumes, place.snapshots, place.natGateways])
        chains.push(pages(list.length, 500));
      chains.push(
        1,
        pages(place.functions.length, 50),
        pages(place.dbInstances.length, 100),
        pages(place.dbClusters.length, 100),
        pages(place.tables.length, 100),
        pages(place.loadBalancers.length, 400),
        pages(place.stacks.length, 100),
      );
      itemCalls += place.tables.length;
      const swept = place.functions.length + place.tables.length + place.loadBalancers.length;
      if (swept + buckets.length > 0) chains.push(pages(place.tags.size, 100));
    }
  }
  const sum = chains.reduce((total, calls) => total + calls, 0);
  return {
    Q: sum + itemCalls + 2 * world.accounts.size,
    chains: [...chains, ...Array.from({ length: itemCalls }, () => 1)],
  };
}

export interface Calibration {
  /** CPU seconds of one call with an empty answer, through the whole client. */
  secondsPerCall: number;
  /** What reading answers adds to it. */
  bytesPerSecond: number;
  /** W: rows a second by COPY into a table with the same indexes. */
  copyRowsPerSecond: number;
  /** R: (key, hash) rows a second, as a scan reads what is stored. */
  readRowsPerSecond: number;
}

/** Everything in seconds. One Node process works on one core, so that is what T_cpu divides by. */
export function lowerBound(
  { Q, chains }: NeededCalls,
  run: { latency: number; concurrency: number; bytes: number; rowsChanged: number; rowsSeen: number },
  speed: Calibration,
) {
  const terms = {
    T_crit: Math.max(...chains) * run.latency,
    T_conc: (chains.reduce((sum, calls) => sum + calls, 0) * run.latency) / run.concurrency,
    // The simulation's buckets are switched off, so none is ever empty.
    T_rate: run.latency,
    T_cpu: Q * speed.secondsPerCall + run.bytes / speed.bytesPerSecond,
    T_db: run.rowsChanged / speed.copyRowsPerSecond + run.rowsSeen / speed.readRowsPerSecond,
  };
  const [boundBy, seconds] = Object.entries(terms).sort(([, a], [, b]) => b - a)[0]!;
  return { terms, boundBy, seconds: run.latency + seconds };
}
