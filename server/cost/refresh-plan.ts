/** Pure: what a refresh asks Cost Explorer, in which order, and where it stands. */
import type { CostDimension, CostPageBody } from "../aws/cost-explorer";
import type { Failure } from "../aws/failure";
import { addDays, dayOf, daysBetween, historyStart, monthStart } from "./range";
import type { Entry } from "./entry-changes";

/** Two dimensions a request are AWS's most, so three of them take three cuts. */
export const groupings = {
  SERVICE_ACCOUNT: ["SERVICE", "LINKED_ACCOUNT"],
  SERVICE_REGION: ["SERVICE", "REGION"],
  ACCOUNT_REGION: ["LINKED_ACCOUNT", "REGION"],
} as const satisfies Record<string, [CostDimension, CostDimension]>;

export type Grouping = keyof typeof groupings;
/** What is asked of AWS, then the costs written, and a forecast of each account kept. */
export type RefreshStep = Grouping | "FORECAST" | "WRITE" | "KEEP";

const steps: RefreshStep[] = ["SERVICE_ACCOUNT", "SERVICE_REGION", "ACCOUNT_REGION", "FORECAST", "WRITE"];

export const isAsked = (step: RefreshStep): boolean => step !== "WRITE" && step !== "KEEP";

/** Where a refresh stands; kept on its row, so that whoever takes it over goes on from there. */
export interface RefreshProgress {
  /** The days that are read; the end is exclusive. */
  start: string;
  end: string;
  step: RefreshStep;
  /** The next page of the step and AWS's token for it. */
  page: number;
  token: string | null;
  pagesRead: number;
  /** When the first page was asked for: the figures are as of then. */
  readAt: string;
}

/** How far AWS may be asked to look ahead by the day is three months; to the end of the next month is what is shown. */
export const forecastEnd = (start: string): string => monthStart(start, 2);

/**
 * The first refresh reads all that Cost Explorer keeps, a later one from the first of the month before the last success:
 * until a month is invoiced AWS may restate any day of it.
 */
export function beginRefresh(lastSuccessAt: Date | null, now: Date): RefreshProgress {
  const today = dayOf(now);
  const again = lastSuccessAt && monthStart(dayOf(lastSuccessAt), -1);
  const start = again && again > historyStart(now) ? again : historyStart(now);
  return {
    start,
    end: addDays(today, 1),
    step: "SERVICE_ACCOUNT",
    page: 0,
    token: null,
    pagesRead: 0,
    readAt: now.toISOString(),
  };
}

/** Cost Explorer keeps fourteen months and, by some of its pages, only twelve. */
const FEWER_MONTHS = 2;

/** The same from a month later on, where AWS refuses the first question for its start; null where that cannot be the reason. */
export function shorterHistory(progress: RefreshProgress, { kind, code }: Failure): RefreshProgress | null {
  const { step, page, start, readAt } = progress;
  const last = monthStart(historyStart(new Date(readAt)), FEWER_MONTHS);
  const isRefusedStart =
    kind === "invalid" && code === "ValidationException" && step === "SERVICE_ACCOUNT" && page === 0;
  return isRefusedStart && start < last ? { ...progress, start: monthStart(start, 1) } : null;
}

/**
 * Page tokens do not live long, and what was read in the morning does not fit what is read in the evening. What is written already is
 * never too old: to begin anew would be paid again.
 */
export function isTooOld({ readAt, step }: RefreshProgress, now: Date): boolean {
  return step !== "KEEP" && now.getTime() - Date.parse(readAt) > 2 * 60 * 60_000;
}

/** The fewest requests that make a refresh: a page of each grouping, and where one was given up half-way, more than it had. */
export function leastRequests(givenUp: RefreshProgress | null): number {
  return fewestRequests(givenUp && givenUp.step in groupings ? givenUp.pagesRead : null);
}

/** The same by the pages that it had; null where none was given up. */
export function fewestRequests(pagesHad: number | null): number {
  return Math.max(Object.keys(groupings).length, (pagesHad ?? 0) + 1);
}

/** After a page: the next one of the step, or the next step's first. */
export function advance(progress: RefreshProgress, nextToken: string | null): RefreshProgress {
  const pagesRead = progress.pagesRead + 1;
  if (nextToken) return { ...progress, page: progress.page + 1, token: nextToken, pagesRead };
  return { ...progress, step: steps[steps.indexOf(progress.step) + 1] ?? "WRITE", page: 0, token: null, pagesRead };
}

/** What the ledger says a request was for. */
export function purposeOf({ step, start, end, page }: RefreshProgress): string {
  if (step === "FORECAST") return "AWS's own forecast";
  const by = {
    SERVICE_ACCOUNT: "service and account",
    SERVICE_REGION: "service and region",
    ACCOUNT_REGION: "account and region",
  }[step as Grouping];
  const days = `${daysBetween(start, end)} days from ${start}`;
  return `Daily costs by ${by}, ${days}${page > 0 ? `, page ${page + 1}` : ""}`;
}

/** The calendar months of a refresh, each written at once. */
export function monthsOf({ start, end }: Pick<RefreshProgress, "start" | "end">): { start: string; end: string }[] {
  const months = [];
  for (let from = monthStart(start); from < end; from = monthStart(from, 1))
    months.push({ start: from < start ? start : from, end: monthStart(from, 1) < end ? monthStart(from, 1) : end });
  return months;
}

/** A page's rows as entries. `asked` is the account that was asked, for the grouping that names none. */
export function entriesOf(grouping: Grouping, { rows, unit }: CostPageBody, asked: string): Entry[] {
  const [first, second] = groupings[grouping];
  return rows.map(([date, a, b, unblended, amortized]) => {
    const value = (dimension: CostDimension) => (dimension === first ? a : dimension === second ? b : null);
    return {
      grouping,
      date,
      awsAccountId: value("LINKED_ACCOUNT") ?? asked,
      service: value("SERVICE") ?? "",
      region: value("REGION") ?? "",
      amount: unblended,
      amortized,
      unit: unit ?? "USD",
    };
  });
}
