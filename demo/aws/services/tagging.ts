import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { pageSize, paginate } from "../paginate";
import { AwsError, type Sim } from "../wire/sim";
import { clientConfig, type AccountPlace } from "./place";
import { taggedIn } from "./tagged";

export function registerTagging(sim: Sim, at: AccountPlace): void {
  sim.service(new ResourceGroupsTaggingAPIClient(clientConfig));
  sim.on(GetResourcesCommand)((input, ctx) => {
    const tagged = taggedIn(at.region(ctx), { ...ctx, types: input.ResourceTypeFilters ?? [], serial: at.serial });
    const { page, next } = paginate(tagged, {
      operation: "tags",
      token: input.PaginationToken,
      size: pageSize(input.ResourcesPerPage, { low: 1, most: 100, code: "InvalidParameterException" }),
      invalid: new AwsError("PaginationTokenExpiredException", 400, "The PaginationToken is not valid."),
    });
    return {
      ResourceTagMappingList: page.map(([ResourceARN, tags]) => ({
        ResourceARN,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })),
      // AWS ends with an empty token, not with none.
      PaginationToken: next ?? "",
    };
  });
}
