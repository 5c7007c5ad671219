import { listedTypes } from "./furnish";
import type { World } from "./world";

export interface AccountTruth {
  account: string;
  name: string;
  total: number;
  byType: Record<string, number>;
  byRegion: Record<string, number>;
  byRegionAndType: Record<string, Record<string, number>>;
}

/** What there is, counted in the world itself and never from what a handler answered. Buckets count where they lie. */
export function truth(world: World): { accounts: AccountTruth[] } {
  return {
    accounts: [...world.accounts.values()].map(({ id, name, regions, buckets }) => {
      const counted: AccountTruth = { account: id, name, total: 0, byType: {}, byRegion: {}, byRegionAndType: {} };
      const add = (region: string, type: string, count: number) => {
        if (count === 0) return;
        const types = (counted.byRegionAndType[region] ??= {});
        types[type] = (types[type] ?? 0) + count;
        counted.byType[type] = (counted.byType[type] ?? 0) + count;
        counted.byRegion[region] = (counted.byRegion[region] ?? 0) + count;
        counted.total += count;
      };
      for (const [region, place] of regions) {
        for (const [list, type] of Object.entries(listedTypes)) {
          if (list !== "stacks") add(region, type, place[list as keyof typeof listedTypes].length);
        }
        // AWS lists deleted stacks for 90 days more; they are no resources any longer.
        const live = place.stacks.filter(({ StackStatus }) => StackStatus !== "DELETE_COMPLETE");
        add(region, listedTypes.stacks, live.length);
      }
      for (const bucket of buckets) add(bucket.region, "AWS::S3::Bucket", 1);
      return counted;
    }),
  };
}

/** How many resources there are, in all accounts. */
export const totalOf = (world: World): number => truth(world).accounts.reduce((sum, { total }) => sum + total, 0);
