import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { pageSize, paginate } from "../paginate";
import type { Sim } from "../wire/sim";
import { clientConfig, type AccountPlace } from "./place";

export function registerTagging(sim: Sim, at: AccountPlace): void {
  sim.service(new ResourceGroupsTaggingAPIClient(clientConfig));
  sim.on(GetResourcesCommand)((input, ctx) => {
    const wanted = input.ResourceTypeFilters ?? [];
    const tagged = [...at.region(ctx).tags].filter(([arn]) => wanted.length === 0 || wanted.some((type) => isOf(arn, type)));
    const { page, next } = paginate(tagged, { operation: "tags", token: input.PaginationToken, size: pageSize(input.ResourcesPerPage, { low: 1, most: 100 }) });
    return {
      ResourceTagMappingList: page.map(([ResourceARN, tags]) => ({ ResourceARN, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) })),
      PaginationToken: next ?? "",
    };
  });
}

/** Whether `arn` is of a filter's type: `s3` is a service, `lambda:function` a service and the resource's first word. */
function isOf(arn: string, type: string): boolean {
  const [, , service, , , ...rest] = arn.split(":");
  const [wantedService, wantedKind] = type.split(":");
  return service === wantedService && (!wantedKind || rest.join(":").split(/[/:]/)[0] === wantedKind);
}
