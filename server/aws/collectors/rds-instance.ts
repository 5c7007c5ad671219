import type { DBInstance } from "@aws-sdk/client-rds";
import { rateOf } from "../rates";
import { required, sortedBy, tagsOf, withoutSecrets } from "./answer-shapes";
import { type CollectedResource, defineCollector, type Place } from "./define";

export const rdsInstance = defineCollector({
  type: "AWS::RDS::DBInstance",
  label: "RDS instance",
  shortName: "rds",
  scope: "regional",
  permissions: ["rds:DescribeDBInstances"],
  rate: rateOf("rds", "DescribeDBInstances"),
  consoleUrl: ({ nativeId, region }) =>
    `https://${region}.console.aws.amazon.com/rds/home?region=${region}#database:id=${nativeId};is-cluster=false`,

  async *collect(aws) {
    const { paginateDescribeDBInstances } = await import("@aws-sdk/client-rds");
    for await (const page of paginateDescribeDBInstances({ client: await aws.rds(), pageSize: 100 }, {})) {
      yield (page.DBInstances ?? []).map((instance) => toResource(instance, aws.place));
    }
  },

  async probe(aws) {
    const { DescribeDBInstancesCommand } = await import("@aws-sdk/client-rds");
    return (await aws.rds()).send(new DescribeDBInstancesCommand({ MaxRecords: 20 }));
  },
});

/** `LatestRestorableTime` is dropped: it moves every five minutes, and every row would count as changed. */
export function toResource(instance: DBInstance, { region }: Place): CollectedResource {
  const { TagList, LatestRestorableTime: _moving, ...rest } = instance;
  return {
    nativeId: required(instance.DBInstanceIdentifier),
    arn: required(instance.DBInstanceArn),
    name: required(instance.DBInstanceIdentifier),
    region,
    state: instance.DBInstanceStatus ?? null,
    tags: tagsOf(TagList),
    facts: {
      engine: instance.Engine,
      engineVersion: instance.EngineVersion,
      instanceClass: instance.DBInstanceClass,
      storageGiB: instance.AllocatedStorage,
      storageType: instance.StorageType,
      isMultiAz: instance.MultiAZ,
      isEncrypted: instance.StorageEncrypted,
      isPublic: instance.PubliclyAccessible,
      availabilityZone: instance.AvailabilityZone,
      clusterId: instance.DBClusterIdentifier,
      endpoint: instance.Endpoint?.Address,
    },
    config: withoutSecrets({
      ...rest,
      VpcSecurityGroups: sortedBy(instance.VpcSecurityGroups, ({ VpcSecurityGroupId }) => VpcSecurityGroupId),
    }),
    createdAt: instance.InstanceCreateTime ?? null,
  };
}
