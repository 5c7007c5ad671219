import { beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { settleDrift } from "../../tests/harness/drift";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { stackListInput } from "../drift/filter";
import { triggerMany } from "../drift/service";
import { listStacks } from "../drift/stacks";
import { resourceListInput } from "./filter";
import { listResources } from "./lists";
import { overview } from "./overview";
import { cancelSync, requestSync } from "./service";

useDatabase();
const aws = useSimulatedAws({ detectionMs: () => 0 });
const ada = person("user_ada");
const STAGING = "200000000002";

let accountId: string;
const changes = async () => (await overview(ada, { accountIds: [accountId] })).changes;
const list = async (type: string) =>
  (await listResources(ada, resourceListInput.parse({ filter: { types: [type] } }))).rows;

async function syncAgain(): Promise<void> {
  await requestSync(ada, { accountId });
  await workAll();
}

beforeAll(async () => {
  ({ accountId } = await connect(ada, aws, STAGING));
});

describe("what changed since yesterday", () => {
  it("is nothing after a first sync, however many tries it took: what it found was there before", async () => {
    // The first is cancelled before it has read anything, the second may not read Lambda.
    const [run] = await requestSync(ada, { accountId });
    await cancelSync(ada, { runId: run!.runId });
    expect(await changes()).toMatchObject({ appeared: 0, changed: 0, gone: 0, latest: [] });
    await aws.fault({ kind: "denied", service: "lambda" });
    await syncAgain();
    await aws.clearFaults();
    expect(await list("AWS::EC2::Instance")).not.toEqual([]);
    expect(await list("AWS::Lambda::Function")).toEqual([]);
    expect(await changes()).toMatchObject({ appeared: 0, changed: 0, gone: 0, latest: [] });

    await syncAgain();
    expect(await list("AWS::Lambda::Function")).not.toEqual([]);
    expect(await changes()).toMatchObject({ appeared: 0, changed: 0, gone: 0, latest: [] });
  });

  it("is not a drift detection, which changes nothing in the stack that it looks at", async () => {
    const detected = async () =>
      (await list("AWS::CloudFormation::Stack")).filter(({ facts }) => facts.driftCheckedAt).map(({ facts }) => facts);
    const before = await detected();
    const { rows } = await listStacks(ada, stackListInput.parse({ limit: 100 }));
    await triggerMany(ada, { stackIds: rows.filter(({ eligibility }) => eligibility.isEligible).map(({ id }) => id) });
    await settleDrift(ada);
    await syncAgain();
    expect(await detected()).not.toEqual(before);
    expect(await changes()).toMatchObject({ appeared: 0, changed: 0, gone: 0, latest: [] });
  });

  it("is not a permission that was taken away and given back: what was known of each bucket stays", async () => {
    const buckets = () => list("AWS::S3::Bucket");
    const before = await buckets();
    expect(before.length).toBeGreaterThan(0);
    await aws.fault({ kind: "denied", service: "s3", operation: "GetBucketEncryption" });
    await syncAgain();
    await aws.clearFaults();
    expect((await buckets()).map(({ facts }) => facts)).toEqual(
      before.map(({ facts }) => ({ ...facts, notReadLately: "encryption" })),
    );
    await syncAgain();
    expect((await buckets()).map(({ facts }) => facts)).toEqual(before.map(({ facts }) => facts));
    expect(await changes()).toMatchObject({ appeared: 0, changed: 0, gone: 0, latest: [] });
  });

  it("is each thing that came, changed or went later, once, the latest first", async () => {
    const [copied, tagged, deleted] = await list("AWS::EC2::Volume");
    const of = ({ region, nativeId }: { region: string; nativeId: string }) => ({
      account: STAGING,
      region,
      nativeId,
      type: "AWS::EC2::Volume",
    });
    await aws.mutate({ ...of(copied!), action: "copy" });
    await syncAgain();
    // A change to what is new is no second change.
    await aws.mutate({ ...of(copied!), nativeId: `${copied!.nativeId}c`, action: "tag", tags: { Team: "new" } });
    await aws.mutate({ ...of(tagged!), action: "tag", tags: { Team: "another" } });
    await syncAgain();
    await aws.mutate({ ...of(deleted!), action: "delete" });
    await syncAgain();

    const { latest, ...counts } = await changes();
    expect(counts).toMatchObject({ appeared: 1, changed: 1, gone: 1 });
    expect(latest.map(({ kind, nativeId }) => [kind, nativeId])).toEqual([
      ["gone", deleted!.nativeId],
      ["changed", tagged!.nativeId],
      ["appeared", `${copied!.nativeId}c`],
    ]);
    expect(latest[0]!.accountName).toBe(`Account ${STAGING}`);
  });
});
