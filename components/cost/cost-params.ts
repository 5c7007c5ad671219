import {
  createParser,
  createSerializer,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from "nuqs/server";
import { scopeParams } from "@/components/scope-params";
import type { RouterInputs } from "@/server/routers";
import { monthStart } from "./day-text";

export const ranges = ["7d", "30d", "90d", "month", "lastMonth", "year"] as const;

/** One of `ranges`, or "45d": how many days is a question for the server, which says what it may be. */
const parseAsRange = createParser<string>({
  parse: (text) => (ranges.some((range) => range === text) || /^\d{1,6}d$/.test(text) ? text : null),
  serialize: (range) => range,
});

const parseAsDay = createParser({
  parse: (text) => (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null),
  serialize: (day: string) => day,
});

/** What the cost page's address carries. `start` and `end` (exclusive) are days of one's own and go before `range`. */
export const costParams = {
  ...scopeParams,
  range: parseAsRange.withDefault("30d"),
  start: parseAsDay,
  end: parseAsDay,
  by: parseAsStringLiteral(["day", "month"]).withDefault("day"),
  metric: parseAsStringLiteral(["unblended", "amortized"]).withDefault("unblended"),
  service: parseAsArrayOf(parseAsString).withDefault([]),
};

export type CostParams = inferParserType<typeof costParams>;
type SummaryInput = RouterInputs["cost"]["summary"];
type TrendsInput = RouterInputs["cost"]["trends"];

/** What each parameter may be, for whoever wrote something else. */
const meanings: Record<string, string> = {
  range: `one of ${ranges.join(", ")}, or a number of days such as 45d`,
  start: "a day, written YYYY-MM-DD",
  end: "a day, written YYYY-MM-DD: the one after the last",
  by: "day or month",
  metric: "unblended or amortized",
};
/** The API's words for what this address says otherwise. */
const otherwise: Record<string, string> = {
  days: "range=45d",
  granularity: "by=day or by=month",
  accountIds: "account=…",
};

/** What of an address was not understood and is left out, a sentence each, naming the parameter and what it may be. */
export function misread(query: URLSearchParams): string[] {
  return [...query].flatMap(([name, value]) => {
    if (otherwise[name]) return [`This page has no ${name}: write ${otherwise[name]}.`];
    const parser = name in meanings ? costParams[name as keyof typeof costParams] : undefined;
    return parser && parser.parse(value) === null
      ? [`${name}=${value} was left out: ${name} is ${meanings[name]}.`]
      : [];
  });
}

/** How far back anomalies are told: as far as the longest range that is shown by the day. */
export const ANOMALY_DAYS = 90;

const write = createSerializer(costParams);
const some = (values: string[]) => (values.length > 0 ? values : undefined);

/** A view of costs: "/cost?service=AmazonCloudWatch". */
export function costHref(params: Partial<CostParams>): string {
  return write("/cost", params);
}

/** Which days the address is about, in the API's words. Equal addresses of one day give equal inputs. */
export function rangeInput({ range, start, end }: CostParams, now: Date): Pick<SummaryInput, "days" | "start" | "end"> {
  if (start !== null || end !== null) return { start: start ?? undefined, end: end ?? undefined };
  switch (range) {
    case "month":
      return { start: monthStart(now) };
    case "lastMonth":
      return { start: monthStart(now, -1), end: monthStart(now) };
    case "year":
      return { start: monthStart(now, -12) };
    default:
      return { days: Number.parseInt(range, 10) };
  }
}

/** Everything in the scope, whichever services are chosen: what the table lists. */
export function summaryInput(params: CostParams, now: Date): SummaryInput {
  return {
    ...scopeOf(params),
    ...rangeInput(params, now),
    granularity: params.by === "day" ? "DAILY" : "MONTHLY",
    metric: params.metric,
  };
}

/** The same of the chosen services alone: what the chart draws. */
export function chartInput(params: CostParams, now: Date): SummaryInput {
  const services = some(params.service);
  return { ...summaryInput(params, now), ...(services && { services }) };
}

/** Months are compared with the month before, other ranges with as many days right before them. */
export function trendsInput(params: CostParams, now: Date): TrendsInput {
  const isMonth = params.start === null && params.end === null && /month/i.test(params.range);
  return { ...summaryInput(params, now), compareWith: isMonth ? "lastMonth" : "previousPeriod" };
}

export function forecastInput(params: CostParams): RouterInputs["cost"]["forecast"] {
  const services = some(params.service);
  return { ...scopeOf(params), ...(services && { services }), metric: params.metric };
}

export function anomaliesInput(params: CostParams): RouterInputs["cost"]["anomalies"] {
  return { ...scopeOf(params), withinDays: ANOMALY_DAYS };
}

export function scopeOf({ account }: Pick<CostParams, "account">): { accountIds?: string[] } {
  const accountIds = some(account);
  return accountIds ? { accountIds } : {};
}

/** What is on the screen as CSV, a line a day, account and service. */
export function exportHref(params: CostParams, now: Date): string {
  const query = new URLSearchParams();
  for (const account of params.account) query.append("account", account);
  for (const service of params.service) query.append("service", service);
  for (const [name, value] of Object.entries(rangeInput(params, now)))
    if (value !== undefined) query.set(name, String(value));
  query.set("metric", params.metric);
  return `/cost/export?${query}`;
}
