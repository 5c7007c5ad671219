import type { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";

/** Tags by ARN. Who is absent has none, or never had any. */
export type SweptTags = Map<string, Record<string, string>>;

/**
 * The tags of every resource of `types` (`lambda:function`) in the client's region, in one chain of calls instead of a
 * call per resource.
 */
export async function sweepTags(client: ResourceGroupsTaggingAPIClient, types: string[]): Promise<SweptTags> {
  const { paginateGetResources } = await import("@aws-sdk/client-resource-groups-tagging-api");
  const swept: SweptTags = new Map();
  for await (const page of paginateGetResources({ client, pageSize: 100 }, { ResourceTypeFilters: types })) {
    for (const { ResourceARN, Tags = [] } of page.ResourceTagMappingList ?? []) {
      if (ResourceARN) swept.set(ResourceARN, Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value ?? ""])));
    }
  }
  return swept;
}
