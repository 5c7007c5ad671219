import { beforeAll, describe, expect, it } from "vitest";
import { sizedWorld } from "../../demo/aws/world";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { disconnectAccount } from "../accounts/disconnect";
import { forTenant } from "../db/client";
import { rollUpAccounts } from "./account-rollup-queries";
import { resourceListInput } from "./filter";
import { listResources } from "./lists";
import { facets } from "./overview";
import { removeGoneResources } from "./retention-queries";
import { cancelSync, requestSync } from "./service";

const [FIRST, SECOND] = ["500000000000", "500000000001"];
useDatabase();
const aws = useSimulatedAws({ world: () => sizedWorld({ accounts: 2, regions: 3, resources: 400 }), limits: "off" });
const ada = person("user_ada");
let first: string;
let second: string;

beforeAll(async () => {
  first = (await connect(ada, aws, FIRST!)).accountId;
  // One of a type cannot be read there, and its gap has to be told.
  second = (await connect(ada, aws, SECOND!, { lacks: ["s3:ListAllMyBuckets"] })).accountId;
  await workAll();
});

const rolledUp = () =>
  forTenant(ada.tenantId, async (tx) => {
    const rows = await tx.accountRollup.groupBy({ by: ["accountId"] });
    return rows.map(({ accountId }) => accountId).sort();
  });
const forget = () => forTenant(ada.tenantId, (tx) => tx.accountRollup.deleteMany({}));
const rollUpAgain = () =>
  forTenant(ada.tenantId, async (tx) => {
    await rollUpAccounts(tx, ada.tenantId, [first, second]);
  });

const scopes = [{}, "first", "second"] as const;
const filters = [{}, { types: ["AWS::EC2::Instance", "AWS::S3::Bucket"] }, { presence: "gone" }, { presence: "all" }];

/** What every reader of the rollups says, in each scope: counts, completeness and gaps, and no rows. */
async function said() {
  const told = [];
  for (const scope of scopes) {
    const of = scope === "first" ? { accountIds: [first] } : scope === "second" ? { accountIds: [second] } : {};
    const { tagKeys, ...counts } = await facets(ada, of);
    told.push(counts, [...tagKeys].sort());
    for (const filter of filters) {
      const { total, completeness } = await listResources(
        ada,
        resourceListInput.parse({ filter: { ...of, ...filter } }),
      );
      told.push(total, completeness);
    }
  }
  return told;
}

describe("an account's rollup", () => {
  it("is there once its sync has ended, and says what counting its cells says", async () => {
    expect(await rolledUp()).toEqual([first, second].sort());
    const told = await said();
    expect(told[0]).toMatchObject({ accounts: [{ isComplete: true }, { isComplete: false }] });
    expect(JSON.stringify(told)).toContain('"type":"AWS::S3::Bucket"');
    await forget();
    expect(await said()).toEqual(told);
    await rollUpAgain();
    expect(await said()).toEqual(told);
  });

  it("is none while its cells may change, and its neighbour's stays", async () => {
    const told = await said();
    const [run] = await requestSync(ada, { accountId: first, region: "us-east-1" });
    expect(await rolledUp()).toEqual([second]);
    expect(await said()).toEqual(told);
    await cancelSync(ada, { runId: run!.runId });
    await requestSync(ada, { accountId: first });
    await workAll();
    expect(await rolledUp()).toEqual([first, second].sort());
  });

  it("knows nothing any more of what upkeep has deleted, and upkeep leaves an account that is being read", async () => {
    const age = await forTenant(ada.tenantId, async (tx) => {
      const { id, cellId, region, state } = await tx.resource.findFirstOrThrow({ where: { accountId: first } });
      await tx.resource.update({ where: { id }, data: { goneAt: new Date(0) } });
      await tx.resourceRollup.update({
        where: { cellId_region_state: { cellId, region, state: state ?? "" } },
        data: { live: { decrement: 1 }, gone: { increment: 1 } },
      });
      await tx.accountRollup.deleteMany({ where: { accountId: first } });
      return new Date(1);
    });
    await rollUpAgain();
    expect((await facets(ada, {})).goneCount).toBe(1);
    const upkeep = () => forTenant(ada.tenantId, (tx) => removeGoneResources(tx, age, 10));
    const [run] = await requestSync(ada, { accountId: first });
    expect(await upkeep()).toBe(0);
    await cancelSync(ada, { runId: run!.runId });
    await rollUpAgain();
    expect(await upkeep()).toBe(1);
    expect(await rolledUp()).toEqual([second]);
    expect((await facets(ada, {})).goneCount).toBe(0);
  });

  it("goes with its account", async () => {
    await rollUpAgain();
    await disconnectAccount(ada, { accountId: first, confirm: FIRST! });
    expect(await rolledUp()).toEqual([second]);
  });
});
