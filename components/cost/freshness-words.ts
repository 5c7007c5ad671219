/** Pure: how well the costs are known, in words. */
import { plural } from "@/components/ui/figure-text";
import type { Tone } from "@/components/ui/status";
import type { CostAccount, CostAccountState, CostFreshness } from "@/server/cost/views";
import { daysText } from "./day-text";
import { moneyText } from "./money-text";

export const costStates: Record<CostAccountState, { word: string; tone: Tone }> = {
  fresh: { word: "Fresh", tone: "ok" },
  stale: { word: "Stale", tone: "warn" },
  reading: { word: "Reading", tone: "busy" },
  waiting: { word: "Waiting", tone: "waiting" },
  covered: { word: "By its payer", tone: "ok" },
  capped: { word: "Waits for cap", tone: "paused" },
  barred: { word: "Denied", tone: "bad" },
  notEnabled: { word: "Not enabled", tone: "off" },
  noData: { word: "No data yet", tone: "unknown" },
  failing: { word: "Failing", tone: "bad" },
  paused: { word: "Paused", tone: "paused" },
};

const wanting: CostAccountState[] = ["barred", "notEnabled", "failing", "capped", "noData", "stale"];

/** The accounts whose costs are missing or old, and of which a person should know. */
export function accountsWanting({ accounts }: CostFreshness): CostAccount[] {
  return accounts.filter(({ state }) => wanting.includes(state));
}

/** "3 of 4 accounts", "last 2 days estimated", "asked 8 times this month, $0.08" */
export function freshnessParts(freshness: CostFreshness): string[] {
  const { accounts, accountsRead, accountsTotal, estimatedDays, askedThisMonth, dollarsThisMonth } = freshness;
  const reading = accounts.filter(({ state }) => state === "reading").length;
  return [
    accountsRead === accountsTotal ? plural(accountsTotal, "account") : `${accountsRead} of ${accountsTotal} accounts`,
    ...(reading > 0 ? [`reading ${plural(reading, "account")} now`] : []),
    ...estimatedPart(estimatedDays),
    `asked ${plural(askedThisMonth, "time")} this month, ${moneyText(dollarsThisMonth)}`,
  ];
}

function estimatedPart(days: string[]): string[] {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  if (days.length > 3) return [`${daysText(first, last)} estimated`];
  return [days.length === 1 ? "last day estimated" : `last ${days.length} days estimated`];
}
