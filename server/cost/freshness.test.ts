import { describe, expect, it } from "vitest";
import type { Failure } from "../aws/failure";
import { accountOf, freshnessOf, stillRead, type RefreshFacts } from "./freshness";

const now = new Date("2026-11-24T12:00:00Z");
const morning = new Date("2026-11-24T06:10:00Z");
const facts = (over: Partial<RefreshFacts> = {}): RefreshFacts => ({
  accountId: "a1",
  awsAccountId: "123456789012",
  name: "Production",
  pausedAt: null,
  dueAt: new Date("2026-11-24T18:00:00Z"),
  leaseUntil: null,
  lastSuccessAt: morning,
  outcome: "READ",
  failure: null,
  pagesRead: null,
  firstDay: "2025-09-01",
  capUsd: "5",
  payer: null,
  requestsThisMonth: 8,
  dollarsThisMonth: "0.08",
  ...over,
});
const failed = (kind: Failure["kind"], code: string, action: string | null = null): Partial<RefreshFacts> => ({
  outcome: "FAILED",
  failure: { kind, code, message: "AWS's words", action, awsRequestId: null },
});
const told = (over: Partial<RefreshFacts> = {}) => accountOf(facts(over), now, (action) => `allow ${action}`);
const payer = { accountId: "p", awsAccountId: "100000000001", name: "Payer", lastSuccessAt: morning };

describe("an account's costs", () => {
  it.each([
    ["fresh", {}],
    ["stale", { lastSuccessAt: new Date("2026-11-23T05:00:00Z") }],
    ["waiting", { lastSuccessAt: null, outcome: null }],
    ["reading", { leaseUntil: new Date("2026-11-24T12:00:30Z") }],
    ["covered", { outcome: "COVERED", payer }],
    ["fresh", { outcome: "COVERED", payer: null }],
    ["covered", { outcome: "READ", payer }],
    ["covered", { outcome: "READ", payer, pausedAt: morning }],
    ["covered", { ...failed("denied", "AccessDeniedException"), payer }],
    ["reading", { payer, leaseUntil: new Date("2026-11-24T12:00:30Z") }],
    ["capped", { outcome: "CAPPED" }],
    ["barred", failed("denied", "AccessDeniedException")],
    ["notEnabled", failed("notEnabled", "AccessDeniedException")],
    ["noData", failed("invalid", "DataUnavailableException")],
    ["failing", failed("unavailable", "InternalServerError")],
    ["paused", { pausedAt: morning }],
  ] as [string, Partial<RefreshFacts>][])("are %s", (state, over) => {
    expect(told(over).state).toBe(state);
  });

  it("come with the statement to add where a permission is missing", () => {
    expect(told(failed("denied", "AccessDeniedException", "ce:GetCostAndUsage")).statement).toBe(
      "allow ce:GetCostAndUsage",
    );
    expect(told(failed("denied", "AccessDeniedException")).statement).toBeNull();
  });

  it("say what AWS said where it failed, and that it is tried again", () => {
    expect(told(failed("unavailable", "InternalServerError")).reason).toBe(
      "AWS did not tell its costs: AWS's words. It is tried again by itself.",
    );
  });

  it("say where AWS told less of them than it usually keeps", () => {
    expect(told().reason).toBeNull();
    expect(told({ firstDay: "2025-10-01" })).toMatchObject({
      state: "fresh",
      reason: expect.stringMatching(/2025-10-01/) as string,
    });
    expect(told({ firstDay: null }).reason).toBeNull();
  });

  it("say what is left of a cap and what a refresh takes, where it waits for that", () => {
    const capped = (dollarsThisMonth: string, pagesRead: number | null = null) =>
      told({ outcome: "CAPPED", capUsd: "0.1", dollarsThisMonth, pagesRead }).reason;
    expect(capped("0.10")).toBe(
      "This month's cap of $0.10 for asking is spent. It is read again next month, or once the cap is raised.",
    );
    expect(capped("0.08")).toBe(
      "Of this month's cap of $0.10 for asking $0.02 is left, and a refresh takes $0.03 at least. It is read again next month, or once the cap is raised.",
    );
    // What was given up half-way took more than it had.
    expect(capped("0.05", 5)).toMatch(/\$0\.05 is left, and a refresh takes \$0\.06 at least/);
    expect(capped("0.12")).toMatch(/is spent/);
  });

  it("are as of their payer's read where that tells of them", () => {
    expect(told({ outcome: "COVERED", payer, lastSuccessAt: null })).toMatchObject({
      asOf: morning,
      coveredBy: { accountId: "p" },
    });
  });
});

describe("a figure over several accounts", () => {
  it("is as of the oldest read, and counts those that were never read apart", () => {
    const accounts = [
      told(),
      told({ lastSuccessAt: new Date("2026-11-20T06:00:00Z") }),
      told({ lastSuccessAt: null, outcome: null }),
    ];
    expect(freshnessOf(accounts, { lastDay: "2026-11-24", estimatedDays: ["2026-11-23"], now })).toMatchObject({
      asOf: new Date("2026-11-20T06:00:00Z"),
      isStale: true,
      accountsRead: 2,
      accountsTotal: 3,
      askedThisMonth: 24,
      dollarsThisMonth: "0.24",
    });
  });
});

describe("the accounts that are still read", () => {
  const read = (lastDays: Record<string, string>) =>
    stillRead(Object.entries(lastDays).map(([accountId, lastDay]) => ({ accountId, lastDay })));
  it("are those not more than a week behind the one that was read last", () => {
    expect(read({ a: "2026-11-24", b: "2026-11-17", c: "2026-11-16" })).toEqual(["a", "b"]);
  });
  it("are those that were read to the end of the days in question, though they are silent now", () => {
    const read = [
      { accountId: "a", lastDay: "2026-11-24" },
      { accountId: "b", lastDay: "2026-10-30" },
      { accountId: "c", lastDay: "2026-10-20" },
    ];
    expect(stillRead(read, "2026-10-31")).toEqual(["a", "b"]);
  });
  it("are all where all have stood still, however long", () => {
    expect(read({ a: "2026-03-02", b: "2026-03-01" })).toEqual(["a", "b"]);
    expect(read({})).toEqual([]);
  });
});
