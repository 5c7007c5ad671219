import { z } from "zod";
import { granularity, LONGEST_DAYS, wholeDays } from "../cost/input";
import { exampleSummary, exampleTrends } from "./cost-examples";
import { costRead, money, percent, presentFreshness, presentTrends, trends } from "./cost-shapes";
import { defineEndpoint } from "./endpoint";

/** How many days there are today the room knows, and says. */
const days = z.coerce.number(wholeDays).int(wholeDays).default(30);
const daysMeta = { minimum: 1, maximum: LONGEST_DAYS };

export const costSummary = defineEndpoint({
  method: "GET",
  path: "/api/cost/summary",
  id: "costSummary",
  group: "Cost",
  summary: "Get cost breakdown by service",
  description:
    "Whole UTC days up to yesterday, unblended, each linked account counted once. Amounts are strings with two decimals; the parts sum to the total, and the percentages to 100. With MONTHLY, `dailyCosts` holds months, each dated by its first day. No call asks AWS: the figures are as of `completeness.asOf`.",
  query: z.object({
    days: days.meta({ ...daysMeta, description: "Number of days to look back." }),
    granularity: granularity.default("DAILY").meta({ description: "`DAILY` or `MONTHLY`." }),
    service: z.string().trim().min(1).max(200).optional().meta({
      description: "Filter by specific AWS service, by its name as the breakdown has it.",
    }),
  }),
  status: 200,
  data: z.object({
    totalAmount: money,
    unit: z.string(),
    startDate: z.iso.date(),
    endDate: z.iso.date().meta({ description: "Inclusive." }),
    granularity,
    breakdown: z.array(z.object({ service: z.string(), amount: z.string(), percentage: percent })),
    dailyCosts: z.array(
      z.object({
        date: z.iso.date(),
        amount: money,
        isEstimated: z.boolean().meta({ description: "AWS may still restate it." }),
      }),
    ),
    completeness: costRead,
  }),
  errors: ["NOT_FOUND"],
  fieldNames: { services: "service" },
  example: { query: { days: 30, granularity: "DAILY" }, data: exampleSummary },
  async call(api, { query: { days, granularity, service } }) {
    const found = await api.cost.summary({ days, granularity, services: service ? [service] : undefined });
    return {
      totalAmount: found.total,
      unit: found.unit,
      startDate: found.range.start,
      endDate: found.range.lastDay,
      granularity,
      breakdown: found.services.map(({ label, amount, share }) => ({ service: label, amount, percentage: share })),
      dailyCosts: found.series.map(({ start, amount, isEstimated }) => ({ date: start, amount, isEstimated })),
      completeness: presentFreshness(found.freshness),
    };
  },
});

export const costTrends = defineEndpoint({
  method: "GET",
  path: "/api/cost/trends",
  id: "costTrends",
  group: "Cost",
  summary: "Get cost trends with comparisons",
  description:
    "The period up to yesterday against as many days right before it, and an estimate of as many days from today on. `changePercent` is null where the period before cost nothing: there is no sane percentage then.",
  query: z.object({
    days: days.meta({ ...daysMeta, description: "Number of days for the current period." }),
    granularity: granularity.default("DAILY").meta({
      description: "`DAILY` or `MONTHLY`. The answer holds totals and no series, so both give the same.",
    }),
  }),
  status: 200,
  data: trends,
  example: { query: { days: 30 }, data: exampleTrends },
  async call(api, { query: { days, granularity } }) {
    const horizonDays = days <= LONGEST_FORECAST ? days : undefined;
    return presentTrends(
      await api.cost.trends({ days, granularity }),
      horizonDays ? await api.cost.forecast({ horizonDays }) : null,
    );
  },
});

const LONGEST_FORECAST = 92;
