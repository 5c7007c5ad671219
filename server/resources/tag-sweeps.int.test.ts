import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { eventually } from "../../tests/harness/processes";
import { connect, person } from "../../tests/harness/tenants";
import { disconnectAccount } from "../accounts/disconnect";
import type { Sweep } from "../aws/session";
import { claimAccounts } from "../db/claim";
import { forTenant } from "../db/client";
import { tenantBatch } from "../db/tenant-batch";
import { planSync } from "./plan";
import { scanDueCells } from "./scan";
import { cancelSync, requestSync } from "./service";
import { tagSweeps } from "./tag-sweeps";

useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");

const sweeps = async () =>
  (await aws.calls())
    .filter(({ operation }) => operation === "GetResources")
    .sort((a, b) => a.region.localeCompare(b.region));
const kept = () => forTenant(ada.tenantId, (tx) => tx.tagSweep.count());
const unread = (where: object = {}) =>
  forTenant(ada.tenantId, (tx) => tx.scanCell.count({ where: { state: { not: "OK" }, ...where } }));
const scan = (signal = new AbortController().signal) => scanDueCells({ deadline: performance.now() + 60_000, signal });

/** Begins a sync of the one account, connected where it is not yet, and forgets the calls of before. */
async function sync() {
  await connected();
  await requestSync(ada, {});
  for (const account of await claimAccounts(1)) await planSync(account);
  await aws.forgetCalls();
}

async function connected(): Promise<string> {
  const known = await forTenant(ada.tenantId, (tx) => tx.awsAccount.findFirst());
  return known?.id ?? (await connect(ada, aws, "123456789012")).accountId;
}

it("asks for a region's tags once in a sync, also where the sync takes several budgets", async () => {
  await sync();
  await aws.fault({ kind: "latency", service: "dynamodb", latencyMs: 4_000 });
  const first = new AbortController();
  const scanning = scan(first.signal);
  const others = { type: { not: "AWS::DynamoDB::Table" } };
  await eventually("everything but the tables is read", async () => (await unread(others)) === 0);
  first.abort();
  await scanning;
  await aws.clearFaults();
  const before = await sweeps();
  expect(before.length).toBeGreaterThan(2);
  expect(await unread()).toBeGreaterThan(0);

  expect(await kept()).toBeGreaterThan(2);
  await scan();
  expect(await unread()).toBe(0);
  const after = await sweeps();
  expect(after.filter(({ region }) => before.some((sweep) => sweep.region === region))).toEqual(before);
  expect(await kept()).toBe(0);
});

it("asks for a region's tags once where several processes work on the sync, and gives them to all", async () => {
  await sync();
  // The first takes the longest known, as many as it may; what is left has swept types too.
  const cells = (where: object, data: object) =>
    forTenant(ada.tenantId, (tx) => tx.scanCell.updateMany({ where, data }));
  await cells({}, { expectedMs: 1_000 });
  await cells({ type: "AWS::Lambda::Function" }, { expectedMs: 0 });
  await aws.fault({ kind: "latency", latencyMs: 1_500 });
  const running = () =>
    forTenant(ada.tenantId, (tx) => tx.scanCell.groupBy({ by: ["type"], where: { state: "RUNNING" } }));
  const first = scan();
  await eventually("the first has begun", async () => (await running()).length > 5);
  expect((await running()).map(({ type }) => type)).not.toContain("AWS::Lambda::Function");
  await Promise.all([first, scan()]);
  await aws.clearFaults();
  expect(await unread()).toBe(0);
  const asked = await sweeps();
  expect(asked.length).toBeGreaterThan(2);

  const tags = () =>
    forTenant(ada.tenantId, (tx) =>
      tx.resource.findMany({ select: { nativeId: true, type: true, tags: true }, orderBy: { id: "asc" } }),
    );
  const found = await tags();
  await sync();
  await scan();
  expect(await sweeps()).toEqual(asked);
  expect(await tags()).toEqual(found);
});

describe("a region's sweep in a run", () => {
  const tags: Sweep = new Map([["arn:aws:lambda:us-east-1:123456789012:function:web", { Team: "web" }]]);
  const failure: Sweep = {
    kind: "denied",
    code: "AccessDenied",
    message: "no",
    action: "tag:GetResources",
    awsRequestId: null,
  };
  const never = () => Promise.reject(new Error("swept again"));

  async function run(syncRunId: string = randomUUID()) {
    const accountId = await connected();
    const isBegun = () => forTenant(ada.tenantId, (tx) => tx.tagSweep.count({ where: { syncRunId } }));
    return { accountId, isBegun, swept: tagSweeps(tenantBatch(ada.tenantId)).ofRun({ accountId, syncRunId }) };
  }

  /** A sweep that goes on until it is ended. */
  function endless() {
    let end!: (outcome: Sweep) => void;
    const going = new Promise<Sweep>((resolve) => (end = resolve));
    return { sweep: () => going, end };
  }

  it.each([
    ["its tags", tags],
    ["why it failed", failure],
  ])("is kept for the next one: %s", async (_, outcome) => {
    const { swept } = await run();
    expect(await swept("us-east-1", () => Promise.resolve(outcome))).toEqual(outcome);
    expect(await swept("us-east-1", never)).toEqual(outcome);
  });

  it("is asked for anew in the next run and in another region", async () => {
    const { swept } = await run();
    await swept("us-east-1", () => Promise.resolve(failure));
    expect(await swept("eu-west-1", () => Promise.resolve(tags))).toEqual(tags);
    expect(await (await run()).swept("us-east-1", () => Promise.resolve(tags))).toEqual(tags);
  });

  it("is left to the next one where it was cancelled or could not be done", async () => {
    const { swept } = await run();
    expect(await swept("us-east-1", () => Promise.resolve("cancelled"))).toBe("cancelled");
    await expect(swept("us-east-1", () => Promise.reject(new Error("no memory")))).rejects.toThrow("no memory");
    expect(await swept("us-east-1", () => Promise.resolve(tags))).toEqual(tags);
  });

  it("is waited for no longer than the signal allows", async () => {
    const { swept, isBegun } = await run();
    const going = endless();
    const first = swept("us-east-1", going.sweep);
    await eventually("the turn is taken", async () => (await isBegun()) === 1);
    const cancel = new AbortController();
    const second = swept("us-east-1", never, cancel.signal);
    cancel.abort();
    expect(await second).toBe("cancelled");
    going.end(tags);
    expect(await first).toEqual(tags);
  });

  it("is taken over from a process that died over it, whose late word counts for itself alone", async () => {
    const { swept, isBegun } = await run();
    const going = endless();
    const first = swept("us-east-1", going.sweep);
    await eventually("the turn is taken", async () => (await isBegun()) === 1);
    await forTenant(ada.tenantId, (tx) => tx.tagSweep.updateMany({ data: { leaseUntil: new Date(0) } }));
    expect(await swept("us-east-1", () => Promise.resolve(tags))).toEqual(tags);
    going.end(failure);
    expect(await first).toEqual(failure);
    expect(await swept("us-east-1", never)).toEqual(tags);
  });

  it("goes with its sync where that is cancelled, and with its account", async () => {
    const accountId = await connected();
    const { runId } = (await requestSync(ada, { accountId }))[0]!;
    const { swept, isBegun } = await run(runId);
    await swept("us-east-1", () => Promise.resolve(tags));
    expect(await isBegun()).toBe(1);
    await cancelSync(ada, { runId });
    expect(await isBegun()).toBe(0);
    await (await run()).swept("us-east-1", () => Promise.resolve(tags));
    expect(await kept()).toBeGreaterThan(0);
    await disconnectAccount(ada, { accountId, confirm: "123456789012" });
    expect(await kept()).toBe(0);
  });
});
