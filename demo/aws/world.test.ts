import { describe, expect, it } from "vitest";
import { totalOf, truth } from "./truth";
import { defaultRegions, demoWorld, sizedWorld, type World } from "./world";

const morning = new Date("2026-11-24T03:00:00Z");
const evening = new Date("2026-11-24T23:00:00Z");
const everyPlace = (world: World) => [...world.accounts.values()].flatMap(({ regions }) => [...regions.values()]);

describe("the demo's world", () => {
  const world = demoWorld(1, morning);

  it("is the same for the same seed all through a day, and another for another seed", () => {
    expect(demoWorld(1, evening)).toEqual(world);
    expect(demoWorld(2, morning)).not.toEqual(world);
  });

  it("ages with the day: the same resources, launched a day later", () => {
    const tomorrow = demoWorld(1, new Date("2026-11-25T03:00:00Z"));
    const first = (of: World) => of.accounts.get("123456789012")!.regions.get("us-east-1")!.instances[0]!;
    expect(first(tomorrow).InstanceId).toBe(first(world).InstanceId);
    expect(first(tomorrow).LaunchTime!.getTime() - first(world).LaunchTime!.getTime()).toBe(86_400_000);
  });

  it("that began days ago has what it had, aged by nothing, and the bills of the days since", () => {
    const later = demoWorld(1, new Date("2026-11-27T03:00:00Z"), evening);
    expect(later).toEqual({ ...world, daysPassed: 3 });
    // A clock that was put back is no reason to take days away.
    expect(demoWorld(1, new Date("2026-11-20T03:00:00Z"), evening).daysPassed).toBe(0);
  });

  it("holds a payer and four members with some 1,500 resources in six of seventeen regions", () => {
    expect([...world.accounts.keys()]).toEqual([
      "100000000001",
      "123456789012",
      "200000000002",
      "300000000003",
      "400000000004",
    ]);
    expect(totalOf(world)).toBeGreaterThan(1400);
    expect(totalOf(world)).toBeLessThan(1600);
    expect(new Set(truth(world).accounts.flatMap(({ byRegion }) => Object.keys(byRegion))).size).toBe(6);
    expect(defaultRegions).toHaveLength(17);
  });

  it("has 25 stacks that live, the two of the product's examples among them, and some deleted ones", () => {
    const stacks = everyPlace(world).flatMap((place) => place.stacks);
    const counted = truth(world).accounts.reduce(
      (sum, { byType }) => sum + (byType["AWS::CloudFormation::Stack"] ?? 0),
      0,
    );
    expect(counted).toBe(25);
    expect(stacks.length).toBeGreaterThan(25);
    const known = world.accounts
      .get("123456789012")!
      .regions.get("us-east-1")!
      .stacks.map(({ StackName }) => StackName);
    expect(known).toEqual(expect.arrayContaining(["web-app-infrastructure", "my-stack"]));
  });

  it("knows every type that CloudGuard lists", () => {
    const types = new Set(truth(world).accounts.flatMap(({ byType }) => Object.keys(byType)));
    expect(types.size).toBe(12);
  });

  it("hides a secret in the environment of every function", () => {
    const functions = everyPlace(world).flatMap((place) => place.functions);
    expect(functions.length).toBeGreaterThan(100);
    for (const { Environment } of functions) expect(Environment?.Variables?.DB_PASSWORD).toMatch(/^canary-/);
  });

  it("names some things as no exporter or XML writer likes, and leaves some without a tag", () => {
    const instances = everyPlace(world).flatMap((place) => [...place.instances, ...place.volumes, ...place.snapshots]);
    const names = instances.map(({ Tags = [] }) => Tags.find(({ Key }) => Key === "Name")?.Value);
    expect(names.some((name) => name && /[<&"]/.test(name))).toBe(true);
    expect(instances.some(({ Tags = [] }) => Tags.length === 0)).toBe(true);
  });

  it("gives every resource an id of its own", () => {
    const ids = everyPlace(world).flatMap((place) => [
      ...place.instances.map(({ InstanceId }) => InstanceId),
      ...place.volumes.map(({ VolumeId }) => VolumeId),
      ...place.functions.map(({ FunctionArn }) => FunctionArn),
      ...place.dbInstances.map(({ DBInstanceArn }) => DBInstanceArn),
      ...place.tables.map(({ TableArn }) => TableArn),
      ...place.loadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn),
    ]);
    const buckets = [...world.accounts.values()].flatMap((account) => account.buckets.map(({ name }) => name));
    expect(new Set([...ids, ...buckets]).size).toBe(ids.length + buckets.length);
  });

  it("lies wholly in the past", () => {
    const dates = everyPlace(world).flatMap((place) => [
      ...place.instances.map(({ LaunchTime }) => LaunchTime!),
      ...place.snapshots.map(({ StartTime }) => StartTime!),
      ...place.stacks.map(({ LastUpdatedTime, CreationTime }) => LastUpdatedTime ?? CreationTime!),
    ]);
    expect(Math.max(...dates.map((date) => date.getTime()))).toBeLessThan(Date.parse("2026-11-24T00:00:00Z"));
  });
});

describe("a world of a given size", () => {
  it.each([
    { accounts: 2, regions: 3, resources: 600 },
    { accounts: 10, regions: 17, resources: 5_000 },
    { accounts: 1, regions: 1, resources: 3_000 },
  ])("comes within a few percent of $resources resources in $accounts accounts", (size) => {
    const world = sizedWorld(size);
    expect(world.accounts.size).toBe(size.accounts);
    expect(Math.abs(totalOf(world) / size.resources - 1)).toBeLessThan(0.1);
  });

  it("is the same each time", () => {
    expect(sizedWorld({ accounts: 2, resources: 500 })).toEqual(sizedWorld({ accounts: 2, resources: 500 }));
  });
});
