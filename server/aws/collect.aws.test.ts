import { describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { collect } from "./collect";
import { collectorOf, collectors, type ResourceType } from "./collectors/index";
import type { CollectedResource, Collector } from "./collectors/define";
import { endsSoon } from "./credentials";
import { callsSent } from "./limiter";
import { GLOBAL_REGION } from "./place";
import { type AwsSession, dropCredentials, openSession } from "./session";
import { toFailure } from "./to-failure";

const production = "123456789012";
const aws = useSimulatedAws({ limits: "off" });

async function walk(session: AwsSession, type: ResourceType, region: string): Promise<CollectedResource[]> {
  const found: CollectedResource[] = [];
  for await (const page of collect(collectorOf(type)!, session.at(region))) found.push(...page);
  return found;
}

const places = (collector: Collector, regions: string[]) => (collector.scope === "global" ? [GLOBAL_REGION] : regions);

describe("collecting from an account", () => {
  it("finds exactly what there is, in every region and of every type", async () => {
    const session = openSession(await aws.grant(production), "inventory");
    const regions = await session.enabledRegions();
    const found: Record<string, Record<string, number>> = {};
    const ids = new Set<string>();
    const all = collectors.flatMap((collector) =>
      places(collector, regions).map(async (region) => {
        for (const resource of await walk(session, collector.type, region)) {
          const types = (found[resource.region] ??= {});
          types[collector.type] = (types[collector.type] ?? 0) + 1;
          ids.add(`${collector.type} ${region} ${resource.nativeId}`);
        }
      }),
    );
    await Promise.all(all);
    const truth = (await aws.truth()).accounts.find(({ account }) => account === production)!;
    expect(found).toEqual(truth.byRegionAndType);
    expect(ids.size).toBe(truth.total);
    expect(truth.total).toBeGreaterThan(100);
  });

  it("reads every tag, whether a list carries them or the sweep does, in one sweep a region", async () => {
    const session = openSession(await aws.grant(production), "inventory");
    await aws.forgetCalls();
    const swept: ResourceType[] = ["AWS::Lambda::Function", "AWS::DynamoDB::Table", "AWS::CloudFormation::Stack"];
    const found = (await Promise.all(swept.map((type) => walk(session, type, "us-east-1")))).flat();
    expect(found.length).toBeGreaterThan(0);
    for (const { tags } of found) expect(tags).toBeDefined();
    expect(found.some(({ tags }) => Object.keys(tags ?? {}).length > 0)).toBe(true);
    const sweeps = (await aws.calls()).filter(({ operation }) => operation === "GetResources");
    const tagged = found.filter(({ tags }) => Object.keys(tags ?? {}).length > 0).length;
    expect(sweeps.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(Math.ceil(tagged / 100) + 3);
  });

  it("says why tags are missing when the sweep is denied, and keeps the resources", async () => {
    const session = openSession(await aws.grant(production, { lacks: ["tag:GetResources"] }), "inventory");
    const access = session.at("us-east-1");
    let count = 0;
    for await (const page of collect(collectorOf("AWS::Lambda::Function")!, access)) {
      for (const resource of page) expect(resource).not.toHaveProperty("tags");
      count += page.length;
    }
    expect(count).toBeGreaterThan(0);
    expect(access.sweepFailure()).toMatchObject({ kind: "denied", action: "tag:GetResources" });
  });

  it("keeps buckets whose settings it may not read, and does not call them unset", async () => {
    const session = openSession(await aws.grant(production, { lacks: ["s3:GetEncryptionConfiguration"] }), "inventory");
    const buckets = await walk(session, "AWS::S3::Bucket", GLOBAL_REGION);
    expect(buckets.length).toBeGreaterThan(0);
    for (const { facts, remarks, unread } of buckets) {
      expect(unread).toEqual({ encryption: "encryption" });
      expect(remarks).toEqual({ notReadLately: "encryption" });
      expect(facts.encryption).toBeUndefined();
      expect(facts.isPublicAccessBlocked).toBeDefined();
    }
  });
});

describe("a fault on the way", () => {
  it.each(["throttle", "error5xx", "reset", "truncate"])("of kind %s loses no resource", async (kind) => {
    const session = openSession(await aws.grant(production), "inventory");
    const before = await walk(session, "AWS::EC2::Volume", "us-east-1");
    await aws.fault({ kind, service: "ec2", operation: "DescribeVolumes", times: 2 });
    expect(await walk(session, "AWS::EC2::Volume", "us-east-1")).toEqual(before);
  });

  it("of a denial is a typed failure with its action, and stops nothing else", async () => {
    const session = openSession(await aws.grant(production, { lacks: ["rds:Describe*"] }), "inventory");
    const [instances, functions] = await Promise.allSettled([
      walk(session, "AWS::RDS::DBInstance", "us-east-1"),
      walk(session, "AWS::Lambda::Function", "us-east-1"),
    ]);
    expect(functions.status).toBe("fulfilled");
    const failure = toFailure((instances as PromiseRejectedResult).reason);
    expect(failure).toMatchObject({ kind: "denied", action: "rds:DescribeDBInstances" });
    expect(failure.awsRequestId).toEqual(expect.any(String));
  });

  it("of an expired session opens one more session and goes on", async () => {
    const session = openSession(await aws.grant(production), "inventory");
    await walk(session, "AWS::EC2::Volume", "us-east-1");
    await aws.forgetCalls();
    await aws.fault({ kind: "expired", service: "ec2", times: 1 });
    await walk(session, "AWS::EC2::Volume", "us-east-1");
    const assumed = (await aws.calls()).filter(({ operation }) => operation === "AssumeRole");
    expect(assumed.reduce((sum, { count }) => sum + count, 0)).toBe(1);
  });
});

describe("a throttled region", () => {
  it("ends complete, and nobody else waits for it", async () => {
    const session = openSession(await aws.grant(production), "inventory");
    const types = collectors.filter(({ scope }) => scope === "regional").map(({ type }) => type);
    const count = async (region: string) =>
      (await Promise.all(types.map((type) => walk(session, type, region)))).reduce(
        (sum, { length }) => sum + length,
        0,
      );
    await count("eu-west-1"); // so that both regions start from imported clients
    const throttled = { isDone: false };
    await aws.fault({ kind: "throttle", region: "us-west-2", share: 0.5, seed: 7 });
    const slow = count("us-west-2").finally(() => (throttled.isDone = true));
    await count("eu-west-1");
    expect(throttled.isDone).toBe(false);
    const truth = (await aws.truth()).accounts.find(({ account }) => account === production)!;
    const { "AWS::S3::Bucket": _buckets, ...there } = truth.byRegionAndType["us-west-2"]!;
    expect(await slow).toBe(Object.values(there).reduce((sum, each) => sum + each, 0));
  });
});

describe("a tag sweep", () => {
  it("goes on for others when whoever began it is cancelled", async () => {
    const session = openSession(await aws.grant(production), "inventory");
    const cancel = new AbortController();
    const first = session.at("us-east-1", { signal: cancel.signal }).sweptTags();
    const second = session.at("us-east-1").sweptTags();
    cancel.abort(new Error("cancelled"));
    await expect(first).rejects.toThrow("cancelled");
    expect((await second)?.size).toBeGreaterThan(0);
  });
});

describe("credentials", () => {
  it("are renewed five minutes before they end", () => {
    const identity = { accessKeyId: "a", secretAccessKey: "b", expiration: new Date("2026-11-24T12:00:00Z") };
    expect(endsSoon(identity, Date.parse("2026-11-24T11:54:59Z"))).toBe(false);
    expect(endsSoon(identity, Date.parse("2026-11-24T11:55:01Z"))).toBe(true);
  });

  it("are forgotten when the account is disconnected", async () => {
    const grant = await aws.grant(production);
    await openSession(grant, "inventory").enabledRegions();
    await openSession(grant, "check").enabledRegions();
    await aws.forgetCalls();
    expect(dropCredentials(grant.roleArn)).toBe(2);
    expect(dropCredentials(grant.roleArn)).toBe(0);
    await openSession(grant, "inventory").enabledRegions();
    expect((await aws.calls()).filter(({ operation }) => operation === "AssumeRole")).toHaveLength(1);
  });
});

describe("the first use of a session", () => {
  it("assumes the role once, also fifty at a time", async () => {
    const grant = await aws.grant(production);
    await aws.forgetCalls();
    const warnings: string[] = [];
    process.on("warning", ({ name }) => warnings.push(name));
    const { signal } = new AbortController();
    const sessions = Array.from({ length: 50 }, () => openSession(grant, "inventory", { signal }));
    await Promise.all(sessions.map((session) => session.enabledRegions()));
    const calls = await aws.calls();
    const sum = (operation: string) =>
      calls.filter((call) => call.operation === operation).reduce((total, { count }) => total + count, 0);
    expect(sum("AssumeRole")).toBe(1);
    expect(sum("DescribeRegions")).toBe(50);
    expect(warnings).not.toContain("MaxListenersExceededWarning");
  });

  it("is counted like every call that is sent", async () => {
    const grant = await aws.grant("200000000002");
    const before = callsSent().get(grant.awsAccountId) ?? 0;
    await openSession(grant, "inventory").enabledRegions();
    expect((callsSent().get(grant.awsAccountId) ?? 0) - before).toBe(2);
  });

  it("is an untrusted failure where the role does not let us in", async () => {
    const grant = { ...(await aws.grant(production)), externalId: "another" };
    const error = await openSession(grant, "inventory")
      .enabledRegions()
      .catch((thrown: unknown) => thrown);
    expect(toFailure(error)).toMatchObject({ kind: "untrusted", action: "sts:AssumeRole" });
  });
});
