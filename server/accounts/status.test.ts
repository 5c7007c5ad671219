import { describe, expect, it } from "vitest";
import type { AccountFacts, CellFacts } from "./gaps";
import type { ConnectionCheck } from "./views";
import { completenessOf, countOf, statusOf } from "./status";

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
  tagFailure: null,
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
const account: AccountFacts = {
  id: "a",
  awsAccountId: "123456789012",
  name: "Production",
  failure: null,
  regionsReadAt: now,
};
const accounts = [account];
const untrusted = { kind: "untrusted", code: "AccessDenied", message: "not let in", action: "sts:AssumeRole" };
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
  it("is stale as soon as a read could not be replaced, and not where there was none", () => {
    const failing = { ...denied, lastSuccessAt: now, resourceCount: 3 };
    expect(completenessOf([cell(failing)], accounts, options).isStale).toBe(true);
    expect(completenessOf([cell(), cell(denied)], accounts, options).isStale).toBe(false);
  });
  it("is not whole, and stale, where an account could not be entered, whatever its scans said before", () => {
    const shut = { ...account, failure: untrusted };
    expect(completenessOf([cell()], [shut], options)).toMatchObject({
      ...{ cellsFailing: 0, accountsFailing: 1, accountsWaiting: 0, isPartial: true, isStale: true },
      gaps: [{ subject: "account", kind: "untrusted", type: null, regions: [], lastSuccessAt: now }],
    });
  });
  it("is not whole where an account was not entered yet, which is no gap", () => {
    const isNew = { ...account, regionsReadAt: null };
    expect(completenessOf([], [isNew], options)).toMatchObject({ accountsWaiting: 1, isPartial: true, gaps: [] });
  });
  it("tells of tags that could not be read once for the account, and counts nothing as failing for it", () => {
    const tagFailure = { ...untrusted, kind: "throttled", message: "slow down", action: "tag:GetResources" };
    const cells = ["eu-west-1", "us-east-1"].flatMap((region) => [
      cell({ region, tagFailure }),
      cell({ region, tagFailure, type: "AWS::S3::Bucket" }),
    ]);
    expect(completenessOf(cells, accounts, options)).toMatchObject({
      ...{ cellsFailing: 0, isPartial: false, isStale: false },
      gaps: [{ subject: "tags", type: null, regions: ["eu-west-1", "us-east-1"] }],
    });
  });
  it("tells of each disabled region once, whatever types were there", () => {
    const disabled = { failureKind: "notEnabled", failureCode: "RegionDisabled" };
    const cells = [
      cell(disabled),
      cell({ ...disabled, type: "AWS::EC2::Volume" }),
      cell({ ...disabled, region: "eu-south-1" }),
    ];
    expect(completenessOf(cells, accounts, options).gaps).toMatchObject([
      { subject: "region", type: null, regions: ["eu-west-1"] },
      { subject: "region", type: null, regions: ["eu-south-1"] },
    ]);
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
  const facts = { pausedAt: null, failure: null, check: null, isSyncing: false, gaps: [] };
  const { gaps } = completenessOf([cell(denied)], accounts, options);
  const label = () => "EC2 instance";
  it("is connected when all was read", () =>
    expect(statusOf(facts, label)).toEqual({ status: "connected", statusReason: null }));
  it("is limited when something could not be read", () =>
    expect(statusOf({ ...facts, gaps }, label).status).toBe("limited"));
  it("says what could not be read by its label", () =>
    expect(statusOf({ ...facts, gaps }, label).statusReason).toBe("Could not read the type EC2 instance."));
  it("names up to three types and counts the rest, and tags", () => {
    const types = ["a", "b", "c", "d", "e"].map((type) => cell({ ...denied, type }));
    const of = (cells: CellFacts[]) => completenessOf(cells, accounts, options).gaps;
    const reason = (cells: CellFacts[]) => statusOf({ ...facts, gaps: of(cells) }, (type) => type).statusReason;
    expect(reason(types.slice(0, 2))).toBe("Could not read the types a and b.");
    expect(reason(types.slice(0, 3))).toBe("Could not read the types a, b and c.");
    expect(reason(types)).toBe("Could not read the types a, b, c and 2 more.");
    expect(reason([types[0]!, cell({ tagFailure: untrusted })])).toBe("Could not read the type a, nor tags.");
  });
  it("is scanning while a sync runs", () =>
    expect(statusOf({ ...facts, gaps, isSyncing: true }, label).status).toBe("scanning"));
  it("is error when the role cannot be used", () =>
    expect(statusOf({ ...facts, failure: { message: "no" } }, label)).toEqual({ status: "error", statusReason: "no" }));
  it("is error when the last check found the role open", () => {
    const trust = { problem: "anybody may" } as ConnectionCheck["trust"];
    expect(statusOf({ ...facts, check: { trust } }, label)).toEqual({ status: "error", statusReason: "anybody may" });
  });
  it("is paused before anything else", () =>
    expect(statusOf({ ...facts, pausedAt: now, failure: { message: "no" } }, label).status).toBe("paused"));
});
