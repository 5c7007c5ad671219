import { z } from "zod";
import { costAnomalies, dismissAnomaly, restoreAnomaly } from "../cost/anomaly-service";
import { createBudget, listBudgets, removeBudget, updateBudget } from "../cost/budget-service";
import { costForecast } from "../cost/forecast-service";
import {
  anomaliesInput,
  capInput,
  costScope,
  createBudgetInput,
  dismissInput,
  forecastInput,
  summaryInput,
  trendsInput,
  updateBudgetInput,
} from "../cost/input";
import { costFreshness, costLedger, requestRefresh, setCap } from "../cost/refresh-service";
import { costOverview } from "../cost/overview-service";
import { costSummary, costTrends } from "../cost/service";
import { unseenSpend } from "../cost/unseen-service";
import { tickAfterResponse } from "../jobs/after-response";
import { adminProcedure, memberProcedure, router } from "../trpc";

const id = z.string().min(1).max(100);
const accounts = costScope.pick({ accountIds: true });

const budgetsRouter = router({
  list: memberProcedure.query(({ ctx }) => listBudgets(ctx)),
  create: adminProcedure.input(createBudgetInput).mutation(({ ctx, input }) => createBudget(ctx, input)),
  update: adminProcedure.input(updateBudgetInput).mutation(({ ctx, input }) => updateBudget(ctx, input)),
  remove: adminProcedure.input(z.strictObject({ budgetId: id })).mutation(({ ctx, input }) => removeBudget(ctx, input)),
});

export const costRouter = router({
  overview: memberProcedure.query(({ ctx }) => costOverview(ctx)),
  summary: memberProcedure.input(summaryInput).query(({ ctx, input }) => costSummary(ctx, input)),
  trends: memberProcedure.input(trendsInput).query(({ ctx, input }) => costTrends(ctx, input)),
  forecast: memberProcedure.input(forecastInput).query(({ ctx, input }) => costForecast(ctx, input)),
  anomalies: memberProcedure.input(anomaliesInput).query(({ ctx, input }) => costAnomalies(ctx, input)),
  dismiss: memberProcedure.input(dismissInput).mutation(({ ctx, input }) => dismissAnomaly(ctx, input)),
  restore: memberProcedure
    .input(z.strictObject({ dismissalId: id }))
    .mutation(({ ctx, input }) => restoreAnomaly(ctx, input)),
  budgets: budgetsRouter,
  unseen: memberProcedure.input(accounts).query(({ ctx, input }) => unseenSpend(ctx, input)),
  freshness: memberProcedure.input(accounts).query(({ ctx, input }) => costFreshness(ctx, input)),
  ledger: memberProcedure.query(({ ctx }) => costLedger(ctx)),
  /** Asks for newer figures, within the schedule and the cap: it never calls AWS itself. */
  refresh: memberProcedure
    .meta({ costs: true })
    .input(accounts)
    .mutation(({ ctx, input }) => tickAfterResponse(requestRefresh(ctx, input))),
  setCap: adminProcedure.input(capInput).mutation(({ ctx, input }) => setCap(ctx, input)),
});
