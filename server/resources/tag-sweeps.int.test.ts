import { expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { eventually } from "../../tests/harness/processes";
import { connect, person } from "../../tests/harness/tenants";
import { claimAccounts } from "../db/claim";
import { forTenant } from "../db/client";
import { planSync } from "./plan";
import { scanDueCells } from "./scan";

useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");

const sweeps = async () => (await aws.calls()).filter(({ operation }) => operation === "GetResources");
const unread = (where: object = {}) =>
  forTenant(ada.tenantId, (tx) => tx.scanCell.count({ where: { state: { not: "OK" }, ...where } }));

it("asks for a region's tags once in a sync, also where the sync takes several budgets", async () => {
  await connect(ada, aws, "123456789012");
  for (const account of await claimAccounts(1)) await planSync(account);
  await aws.fault({ kind: "latency", service: "dynamodb", latencyMs: 4_000 });
  const first = new AbortController();
  const scanning = scanDueCells({ deadline: performance.now() + 60_000, signal: first.signal });
  const others = { type: { not: "AWS::DynamoDB::Table" } };
  await eventually("everything but the tables is read", async () => (await unread(others)) === 0);
  first.abort();
  await scanning;
  await aws.clearFaults();
  const before = await sweeps();
  expect(before.length).toBeGreaterThan(2);
  expect(await unread()).toBeGreaterThan(0);

  await scanDueCells({ deadline: performance.now() + 60_000, signal: new AbortController().signal });
  expect(await unread()).toBe(0);
  const after = await sweeps();
  expect(after.filter(({ region }) => before.some((sweep) => sweep.region === region))).toEqual(before);
});
