import { describe, expect, it } from "vitest";
import { completenessOf, countOf, statusOf, type CellFacts } from "./status";

const now = new Date("2026-11-24T12:00:00Z");
const cell = (more: Partial<CellFacts> = {}): CellFacts => ({
  accountId: "a",
  type: "AWS::EC2::Instance",
  region: "eu-west-1",
  state: "OK",
  resourceCount: 3,
  lastSuccessAt: now,
  failureKind: null,
  failureCode: null,
  failureMessage: null,
  failureAction: null,
  ...more,
});
const denied = {
  failureKind: "denied",
  failureCode: "AccessDenied",
  failureMessage: "no",
  failureAction: "rds:DescribeDBInstances",
  lastSuccessAt: null,
  resourceCount: null,
};
const accounts = [{ id: "a", awsAccountId: "123456789012", name: "Production" }];
const options = { now, syncIntervalMinutes: 15, statement: (action: string) => `allow ${action}` };

describe("completenessOf", () => {
  it("tells one gap for a type that is denied in many regions, with the statement to add", () => {
    const { gaps, cellsFailing } = completenessOf(
      [cell(denied as Partial<CellFacts>), cell({ ...denied, region: "us-east-1" })],
      accounts,
      options,
    );
    expect(cellsFailing).toBe(2);
    expect(gaps).toMatchObject([
      { regions: ["eu-west-1", "us-east-1"], statement: "allow rds:DescribeDBInstances", accountName: "Production" },
    ]);
  });
  it("is as of the oldest read that counts", () => {
    const older = new Date("2026-11-24T11:50:00Z");
    expect(completenessOf([cell(), cell({ lastSuccessAt: older })], accounts, options)).toMatchObject({
      asOf: older,
      isStale: false,
    });
  });
  it("is stale when two syncs should have replaced the oldest read", () => {
    const old = new Date("2026-11-24T11:29:00Z");
    expect(completenessOf([cell({ lastSuccessAt: old })], accounts, options).isStale).toBe(true);
  });
});

describe("countOf", () => {
  it("is null and not zero where nothing was read", () => {
    expect(countOf([cell(denied)])).toBeNull();
  });
  it("sums what was read", () => {
    expect(countOf([cell(denied), cell(), cell({ resourceCount: 0 })])).toBe(3);
  });
});

describe("statusOf", () => {
  const facts = { pausedAt: null, failure: null, isSyncing: false, gaps: [] };
  const { gaps } = completenessOf([cell(denied)], accounts, options);
  const label = () => "EC2 instance";
  it("is connected when all was read", () =>
    expect(statusOf(facts, label)).toEqual({ status: "connected", statusReason: null }));
  it("is limited when something could not be read", () =>
    expect(statusOf({ ...facts, gaps }, label).status).toBe("limited"));
  it("says what could not be read by its label", () =>
    expect(statusOf({ ...facts, gaps }, label).statusReason).toBe("Could not read the type EC2 instance."));
  it("is scanning while a sync runs", () =>
    expect(statusOf({ ...facts, gaps, isSyncing: true }, label).status).toBe("scanning"));
  it("is error when the role cannot be used", () =>
    expect(statusOf({ ...facts, failure: { message: "no" } }, label)).toEqual({ status: "error", statusReason: "no" }));
  it("is paused before anything else", () =>
    expect(statusOf({ ...facts, pausedAt: now, failure: { message: "no" } }, label).status).toBe("paused"));
});
