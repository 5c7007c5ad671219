import { z } from "zod";
import { tickAfterResponse } from "../jobs/after-response";
import { countByShortName } from "../resources/counts";
import { resourceListInput } from "../resources/filter";
import { listResources, numberedPage, resourceById } from "../resources/lists";
import { facets, overview } from "../resources/overview";
import { cancelSync, listSyncs, requestSync } from "../resources/service";
import { memberProcedure, router } from "../trpc";

const id = z.string().min(1).max(100);
const regionName = z.string().min(1).max(50);
const place = z.strictObject({ accountId: id.optional(), region: regionName.optional() });
const scope = z.strictObject({
  accountIds: z.array(id).max(100).optional(),
  regions: z.array(regionName).max(100).optional(),
});

export const resourcesRouter = router({
  overview: memberProcedure.input(scope).query(({ ctx, input }) => overview(ctx, input)),
  facets: memberProcedure.input(scope).query(({ ctx, input }) => facets(ctx, input)),
  list: memberProcedure.input(resourceListInput).query(({ ctx, input }) => listResources(ctx, input)),
  numberedPage: memberProcedure
    .input(
      z.strictObject({
        types: z.array(z.string().min(1).max(200)).max(100).optional(),
        page: z.number().int().min(1).max(1_000_000).default(1),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .query(({ ctx, input }) => numberedPage(ctx, input)),
  counts: memberProcedure.query(({ ctx }) => countByShortName(ctx)),
  byId: memberProcedure.input(z.strictObject({ resourceId: id })).query(({ ctx, input }) => resourceById(ctx, input)),
  sync: memberProcedure
    .meta({ costs: true })
    .input(place)
    .mutation(({ ctx, input }) => tickAfterResponse(requestSync(ctx, input))),
  cancelSync: memberProcedure.input(z.strictObject({ runId: id })).mutation(({ ctx, input }) => cancelSync(ctx, input)),
  syncs: memberProcedure
    .input(z.strictObject({ accountId: id.optional() }))
    .query(({ ctx, input }) =>
      tickAfterResponse(listSyncs(ctx, input), (syncs) => syncs.some(({ state }) => state === "RUNNING")),
    ),
});
