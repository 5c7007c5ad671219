import type { AwsAccess } from "./access";
import type { CollectedResource, Collector } from "./collectors/define";
import { GLOBAL_REGION } from "./place";

/**
 * Walks `collector` in one place, page by page, with the tags filled in from the region's one sweep. Where the sweep
 * failed the resources come without `tags` and `access.sweepFailure()` says why. Throws what AWS says; see `toFailure`.
 */
export async function* collect(collector: Collector, access: AwsAccess): AsyncGenerator<CollectedResource[], void> {
  for await (const page of collector.collect(access)) {
    yield collector.tagSweep && page.length > 0 ? await withTags(page, access) : page;
  }
}

/** Buckets of one page may lie in several regions, and a bucket's tags are swept where it lies. */
async function withTags(page: CollectedResource[], access: AwsAccess): Promise<CollectedResource[]> {
  const regions = [...new Set(page.map(({ region }) => region))];
  const swept = new Map(
    await Promise.all(
      regions.map(async (region) => {
        const there = region === access.place.region || region === GLOBAL_REGION ? access : access.at(region);
        return [region, await there.sweptTags()] as const;
      }),
    ),
  );
  return page.map((resource) => {
    const tags = swept.get(resource.region);
    return tags ? { ...resource, tags: tags.get(resource.arn ?? "") ?? {} } : resource;
  });
}
