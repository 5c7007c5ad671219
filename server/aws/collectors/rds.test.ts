import { describe, expect, it } from "vitest";
import { toResource as cluster } from "./rds-cluster";
import { toResource as instance } from "./rds-instance";

const place = { awsAccountId: "123456789012", region: "eu-west-1" };

describe("an RDS instance", () => {
  const recorded = {
    DBInstanceIdentifier: "orders",
    DBInstanceArn: "arn:aws:rds:eu-west-1:123456789012:db:orders",
    DBInstanceStatus: "available",
    Engine: "postgres",
    EngineVersion: "16.4",
    DBInstanceClass: "db.r6g.large",
    AllocatedStorage: 200,
    MultiAZ: true,
    PubliclyAccessible: false,
    LatestRestorableTime: new Date("2026-11-24T10:05:00Z"),
    PendingModifiedValues: { MasterUserPassword: "canary" },
    TagList: [{ Key: "team", Value: "orders" }],
  };

  it("becomes a resource with its tags", () => {
    expect(instance(recorded, place)).toMatchObject({
      nativeId: "orders",
      state: "available",
      tags: { team: "orders" },
      facts: { engine: "postgres", isMultiAz: true, isPublic: false, storageGiB: 200 },
    });
  });

  it("does not change by the time that passes", () => {
    const later = { ...recorded, LatestRestorableTime: new Date("2026-11-24T10:10:00Z") };
    expect(instance(later, place)).toEqual(instance(recorded, place));
  });

  it("drops a password that is about to change", () => {
    expect(JSON.stringify(instance(recorded, place))).not.toContain("canary");
  });
});

describe("an RDS cluster", () => {
  const recorded = {
    DBClusterIdentifier: "ledger",
    DBClusterArn: "arn:aws:rds:eu-west-1:123456789012:cluster:ledger",
    Status: "available",
    Engine: "aurora-postgresql",
    DBClusterMembers: [{ DBInstanceIdentifier: "ledger-2" }, { DBInstanceIdentifier: "ledger-1" }],
    EarliestRestorableTime: new Date("2026-11-20T00:00:00Z"),
    LatestRestorableTime: new Date("2026-11-24T10:05:00Z"),
  };

  it("counts its members and ignores their order and its moving times", () => {
    expect(cluster(recorded, place)).toMatchObject({ nativeId: "ledger", facts: { memberCount: 2 }, tags: {} });
    const later = {
      ...recorded,
      DBClusterMembers: [...recorded.DBClusterMembers].reverse(),
      LatestRestorableTime: new Date("2026-11-24T10:10:00Z"),
    };
    expect(cluster(later, place)).toEqual(cluster(recorded, place));
  });
});
