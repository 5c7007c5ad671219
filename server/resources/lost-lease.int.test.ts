import { afterEach, beforeEach, expect, it } from "vitest";
import { sizedWorld } from "../../demo/aws/world";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { eventually } from "../../tests/harness/processes";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { accountById, listAccounts } from "../accounts/queries";
import { pauseAccount, resumeAccount } from "../accounts/service";
import { claimAccounts } from "../db/claim";
import { forTenant } from "../db/client";
import { planSync } from "./plan";
import { scanDueCells } from "./scan";
import { cancelSync, requestSync } from "./service";

const ACCOUNT = "500000000000";
/** Hundreds of functions in a region: more than one page of them. */
const aws = useSimulatedAws({ world: () => sizedWorld({ accounts: 1, regions: 1, resources: 2000 }) });
useDatabase();
const ada = person("user_ada");

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => void process.on("unhandledRejection", note));
afterEach(() => void process.off("unhandledRejection", note));

const runningFunctions = () =>
  forTenant(ada.tenantId, (tx) => tx.scanCell.count({ where: { type: "AWS::Lambda::Function", state: "RUNNING" } }));

it("ends quietly where a sync is cancelled while one page is written and the next is read", async () => {
  const { accountId } = await connect(ada, aws, ACCOUNT);
  for (const account of await claimAccounts(1)) await planSync(account);
  await aws.fault({ kind: "latency", service: "lambda", latencyMs: 2_500 });
  const scanning = scanDueCells({ deadline: performance.now() + 60_000, signal: new AbortController().signal });
  await eventually("the functions are being read", async () => (await runningFunctions()) === 1);
  const { sync } = await accountById(ada, { accountId });
  await cancelSync(ada, { runId: sync!.runId });
  await scanning;
  expect(unhandled).toEqual([]);
  const pages = (await aws.calls()).filter(({ operation }) => operation === "ListFunctions");
  expect(pages[0]!.count).toBeGreaterThan(1);
  expect(await forTenant(ada.tenantId, (tx) => tx.resource.count({ where: { type: "AWS::Lambda::Function" } }))).toBe(
    0,
  );
});

it("plans nothing for an account that is paused while its regions are read", async () => {
  const [account] = await listAccounts(ada);
  const accountId = account!.id;
  await forTenant(ada.tenantId, (tx) => tx.awsAccount.updateMany({ data: { syncDueAt: new Date() } }));
  await aws.fault({ kind: "latency", service: "ec2", operation: "DescribeRegions", latencyMs: 700 });
  const [claimed] = await claimAccounts(1);
  const planning = planSync(claimed!);
  await pauseAccount(ada, { accountId });
  expect(await planning).toBe(false);
  expect((await accountById(ada, { accountId })).sync).toBeNull();
  await resumeAccount(ada, { accountId });
  await workAll();
  expect((await accountById(ada, { accountId })).runs[0]).toMatchObject({ state: "COMPLETE" });
});

it("asks for no further page once it finds its lease gone, also where nothing has changed that it would write", async () => {
  const [account] = await listAccounts(ada);
  const functions = await forTenant(ada.tenantId, (tx) =>
    tx.resource.count({ where: { type: "AWS::Lambda::Function" } }),
  );
  await requestSync(ada, { accountId: account!.id });
  for (const claimed of await claimAccounts(1)) await planSync(claimed);
  await aws.fault({ kind: "latency", service: "lambda", latencyMs: 5_000 });
  await aws.forgetCalls();
  const scanning = scanDueCells({ deadline: performance.now() + 60_000, signal: new AbortController().signal });
  await eventually("the functions are being read", async () => (await runningFunctions()) === 1);
  // As another process does that pauses the account.
  await forTenant(ada.tenantId, (tx) => tx.scanCell.updateMany({ data: { fence: { increment: 1 }, dueAt: null } }));
  await scanning;
  const [pages] = (await aws.calls()).filter(({ operation }) => operation === "ListFunctions");
  expect(pages!.count).toBeLessThan(Math.ceil(functions / 50));
});
