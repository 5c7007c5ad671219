import { describe, expect, it } from "vitest";
import { mutate } from "./mutate";
import { truth } from "./truth";
import { demoWorld } from "./world";

const place = { account: "123456789012", region: "us-east-1" };
const fresh = () => {
  const world = demoWorld(1, new Date("2026-11-24T15:00:00Z"));
  const region = () => world.accounts.get(place.account)!.regions.get(place.region)!;
  const count = (type: string) => truth(world).accounts.find(({ account }) => account === place.account)!.byType[type];
  return { world, region, count };
};

describe("mutate", () => {
  it("leaves a terminated instance in the list, as AWS does", () => {
    const { world, region, count } = fresh();
    const before = count("AWS::EC2::Instance");
    const nativeId = region().instances[0]!.InstanceId!;
    mutate(world, { ...place, type: "AWS::EC2::Instance", nativeId, action: "terminate" });
    expect(region().instances[0]!.State).toEqual({ Code: 48, Name: "terminated" });
    expect(count("AWS::EC2::Instance")).toBe(before);
    expect(world.serial).toBe(1);
  });

  it("makes the truth one less after a deletion and one more after a copy", () => {
    const { world, region, count } = fresh();
    const type = "AWS::Lambda::Function";
    const before = count(type)!;
    const [first, second] = region().functions.map(({ FunctionName }) => FunctionName!);
    mutate(world, { ...place, type, nativeId: first!, action: "delete" });
    expect(count(type)).toBe(before - 1);
    mutate(world, { ...place, type, nativeId: second!, action: "copy" });
    mutate(world, { ...place, type, nativeId: second!, action: "copy" });
    expect(count(type)).toBe(before + 1);
  });

  it("retags what tells its own tags and what the sweep tells them for", () => {
    const { world, region } = fresh();
    const tags = { Name: "renamed & <retagged>" };
    const nativeId = region().instances[0]!.InstanceId!;
    mutate(world, { ...place, type: "AWS::EC2::Instance", nativeId, action: "tag", tags });
    const { TableName, TableArn } = region().tables[0]!;
    mutate(world, { ...place, type: "AWS::DynamoDB::Table", nativeId: TableName!, action: "tag", tags });
    expect(region().instances[0]!.Tags).toEqual([{ Key: "Name", Value: tags.Name }]);
    expect(region().tags.get(TableArn!)).toEqual(tags);
  });

  it("takes a bucket out of its account", () => {
    const { world, count } = fresh();
    const before = count("AWS::S3::Bucket")!;
    const bucket = world.accounts.get(place.account)!.buckets[0]!;
    mutate(world, {
      ...place,
      region: bucket.region,
      type: "AWS::S3::Bucket",
      nativeId: bucket.name,
      action: "delete",
    });
    expect(count("AWS::S3::Bucket")).toBe(before - 1);
  });

  it("refuses what is not there and changes nothing", () => {
    const { world } = fresh();
    const mutation = { ...place, type: "AWS::EC2::Volume", nativeId: "vol-none", action: "delete" as const };
    expect(() => mutate(world, mutation)).toThrow("There is no AWS::EC2::Volume vol-none");
    expect(world.serial).toBe(0);
  });
});
