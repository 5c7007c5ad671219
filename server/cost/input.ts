/** Pure: what may be asked of the cost figures. What depends on today is checked by `rangeOf`. */
import { z } from "zod";

/** The longest history that Cost Explorer keeps by the day. */
export const HISTORY_MONTHS = 14;

/** So many days are fourteen months and a running one at most; how many they are today `rangeOf` knows. */
export const LONGEST_DAYS = 457;
export const wholeDays = `Write whole days, 1 to ${LONGEST_DAYS} at most: AWS keeps costs for ${HISTORY_MONTHS} months.`;

export const names = z.array(z.string().trim().min(1).max(200)).max(200, "Choose at most 200.");
export const day = z.iso.date("Write the day as YYYY-MM-DD.");
const dollars = (message: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,9}(\.\d{1,2})?$/, message);

function daysUpTo(most: number, way: "ahead" | "back") {
  const message = `Look 1 to ${most} whole days ${way}.`;
  return z.number(message).int(message).min(1, message).max(most, message);
}

export const metric = z.enum(["unblended", "amortized"], "Use unblended or amortized.");
export const granularity = z.enum(["DAILY", "MONTHLY"], "Use DAILY or MONTHLY.");
export const compareWith = z.enum(["previousPeriod", "lastMonth"], "Use previousPeriod or lastMonth.");

export type CostMetric = z.infer<typeof metric>;
export type CostGranularity = z.infer<typeof granularity>;
export type CompareWith = z.infer<typeof compareWith>;

/** Which costs: all where nothing is named. */
export const costScope = z.strictObject({
  /** Our account ids or AWS's twelve digits; linked accounts that are not connected have only these. */
  accountIds: names.optional(),
  services: names.optional(),
});

/** The last whole days up to yesterday, or a range of UTC days whose end is exclusive; the last 30 days where nothing is named. */
const asked = z.strictObject({
  days: z.number(wholeDays).int(wholeDays).optional(),
  start: day.optional(),
  end: day.optional(),
});

export const summaryInput = z.strictObject({
  ...costScope.shape,
  ...asked.shape,
  granularity: granularity.default("DAILY"),
  metric: metric.default("unblended"),
});

export const trendsInput = z.strictObject({
  ...summaryInput.shape,
  compareWith: compareWith.default("previousPeriod"),
});

export const forecastInput = z.strictObject({
  ...costScope.shape,
  metric: metric.default("unblended"),
  horizonDays: daysUpTo(92, "ahead").optional(),
});

export const anomaliesInput = z.strictObject({
  accountIds: names.optional(),
  withinDays: daysUpTo(90, "back").default(30),
});

export const dismissInput = z.strictObject({
  awsAccountId: z.string().regex(/^\d{12}$/, "An AWS account number has exactly 12 digits."),
  service: z.string().min(1).max(200),
  firstDay: day,
  reason: z.string().trim().min(1, "Say why, for whoever looks next.").max(500, "Use at most 500 characters."),
});

const budgetName = z.string().trim().min(1, "Give the budget a name.").max(100, "Use at most 100 characters.");
const budgetAmount = dollars("Write the dollars a month as a number with at most two decimals, such as 1200 or 99.50.");
const budgetOf = z.discriminatedUnion("scope", [
  z.strictObject({ scope: z.literal("ALL") }),
  z.strictObject({ scope: z.literal("ACCOUNT"), awsAccountId: z.string().regex(/^\d{12}$/, "Choose an account.") }),
  z.strictObject({ scope: z.literal("SERVICE"), service: z.string().min(1, "Choose a service.").max(200) }),
]);

export const createBudgetInput = z.strictObject({ name: budgetName, amount: budgetAmount, of: budgetOf });
export const updateBudgetInput = z.strictObject({
  budgetId: z.string().min(1).max(100),
  name: budgetName.optional(),
  amount: budgetAmount.optional(),
});

const capRange = "The cap is 0 to 100 dollars a month with at most two decimals, such as 5 or 2.40.";
export const capInput = z.strictObject({
  accountId: z.string().min(1).max(100),
  capUsd: z
    .string()
    .trim()
    .regex(/^(\d{1,2}(\.\d{1,2})?|100(\.0{1,2})?)$/, capRange),
});

export type CostScope = z.infer<typeof costScope>;
export type AskedRange = z.infer<typeof asked>;
export type SummaryInput = z.infer<typeof summaryInput>;
export type TrendsInput = z.infer<typeof trendsInput>;
export type ForecastInput = z.infer<typeof forecastInput>;
export type AnomaliesInput = z.infer<typeof anomaliesInput>;
export type DismissInput = z.infer<typeof dismissInput>;
export type CreateBudgetInput = z.infer<typeof createBudgetInput>;
export type UpdateBudgetInput = z.infer<typeof updateBudgetInput>;
export type CapInput = z.infer<typeof capInput>;
