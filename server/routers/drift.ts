import { z } from "zod";
import { detectionById, historyOf, jobById } from "../drift/detections";
import {
  ignoreRuleInput,
  ignoreScope,
  exportInput,
  historyInput,
  scheduleInput,
  scopeInput,
  stackListInput,
  triggerInput,
  triggerManyInput,
} from "../drift/filter";
import { exportDetection } from "../drift/export";
import { createRule, listRules, previewRule, removeRule } from "../drift/ignore-rules";
import { driftOverview } from "../drift/overview";
import { getSchedule, setSchedule } from "../drift/schedules";
import { cancelJob, recheckUnknown, triggerDrift, triggerMany } from "../drift/service";
import { listStacks, stackById, stackFacets } from "../drift/stacks";
import { tickAfterResponse } from "../jobs/after-response";
import { adminProcedure, memberProcedure, router } from "../trpc";

const id = z.string().min(1).max(100);

export const driftRouter = router({
  overview: memberProcedure
    .input(scopeInput)
    .query(({ ctx, input }) => tickAfterResponse(driftOverview(ctx, input), ({ stacks }) => stacks.running > 0)),
  stacks: memberProcedure.input(stackListInput).query(({ ctx, input }) => listStacks(ctx, input)),
  facets: memberProcedure.input(scopeInput).query(({ ctx, input }) => stackFacets(ctx, input)),
  stack: memberProcedure.input(z.strictObject({ stackId: id })).query(({ ctx, input }) => stackById(ctx, input)),
  trigger: memberProcedure
    .meta({ costs: true })
    .input(triggerInput)
    .mutation(({ ctx, input }) => tickAfterResponse(triggerDrift(ctx, input))),
  triggerMany: memberProcedure
    .meta({ costs: true })
    .input(triggerManyInput)
    .mutation(({ ctx, input }) => tickAfterResponse(triggerMany(ctx, input))),
  /** Looks again at what the stack's latest detection could not say: its unknown resources alone. */
  recheckUnknown: memberProcedure
    .meta({ costs: true })
    .input(z.strictObject({ stackId: id }))
    .mutation(({ ctx, input }) => tickAfterResponse(recheckUnknown(ctx, input))),
  cancel: memberProcedure.input(z.strictObject({ jobId: id })).mutation(({ ctx, input }) => cancelJob(ctx, input)),
  job: memberProcedure
    .input(z.strictObject({ jobId: id }))
    .query(({ ctx, input }) => tickAfterResponse(jobById(ctx, input))),
  detection: memberProcedure
    .input(z.strictObject({ detectionId: id }))
    .query(({ ctx, input }) => detectionById(ctx, input)),
  history: memberProcedure.input(historyInput).query(({ ctx, input }) => historyOf(ctx, input)),
  export: memberProcedure.input(exportInput).query(({ ctx, input }) => exportDetection(ctx, input)),
  ignoreRules: router({
    list: memberProcedure
      .input(z.strictObject({ accountId: id.optional() }))
      .query(({ ctx, input }) => listRules(ctx, input)),
    preview: adminProcedure.input(ignoreScope).query(({ ctx, input }) => previewRule(ctx, input)),
    create: adminProcedure.input(ignoreRuleInput).mutation(({ ctx, input }) => createRule(ctx, input)),
    remove: adminProcedure.input(z.strictObject({ ruleId: id })).mutation(({ ctx, input }) => removeRule(ctx, input)),
  }),
  schedule: router({
    get: memberProcedure.input(z.strictObject({ accountId: id })).query(({ ctx, input }) => getSchedule(ctx, input)),
    set: adminProcedure.input(scheduleInput).mutation(({ ctx, input }) => setSchedule(ctx, input)),
  }),
});
