import { describe, expect, it } from "vitest";
import type { CostAccount, CostFreshness } from "@/server/cost/views";
import { accountsWanting, freshnessParts } from "./freshness-words";

const freshness: CostFreshness = {
  asOf: new Date("2026-11-24T06:10:00Z"),
  isStale: false,
  accountsRead: 3,
  accountsTotal: 4,
  lastDay: "2026-11-23",
  estimatedDays: ["2026-11-22", "2026-11-23"],
  askedThisMonth: 8,
  dollarsThisMonth: "0.08",
  accounts: [],
};

describe("freshnessParts", () => {
  it("says how many accounts, what is not settled, and what asking has cost", () => {
    expect(freshnessParts(freshness)).toEqual([
      "3 of 4 accounts",
      "last 2 days estimated",
      "asked 8 times this month, $0.08",
    ]);
  });
  it("says nothing of estimates where every day is settled", () => {
    expect(freshnessParts({ ...freshness, accountsRead: 4, estimatedDays: [], askedThisMonth: 1 })).toEqual([
      "4 accounts",
      "asked 1 time this month, $0.08",
    ]);
  });
  it("names the days where there are many", () => {
    const estimatedDays = ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"];
    expect(freshnessParts({ ...freshness, estimatedDays })[1]).toBe("Nov 1 – Nov 4 estimated");
  });
});

describe("accountsWanting", () => {
  it("leaves out what is read, covered by a payer, or on its way", () => {
    const states = ["fresh", "covered", "waiting", "reading", "barred", "notEnabled"] as const;
    const accounts = states.map((state) => ({ state }) as CostAccount);
    expect(accountsWanting({ ...freshness, accounts }).map(({ state }) => state)).toEqual(["barred", "notEnabled"]);
  });
});
