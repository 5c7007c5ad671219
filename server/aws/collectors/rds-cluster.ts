import type { DBCluster } from "@aws-sdk/client-rds";
import { rateOf } from "../rates";
import { required, sortedBy, tagsOf, withoutSecrets } from "./answer-shapes";
import { type CollectedResource, defineCollector, type Place } from "./define";

export const rdsCluster = defineCollector({
  type: "AWS::RDS::DBCluster",
  label: "RDS cluster",
  shortName: "rds",
  scope: "regional",
  permissions: ["rds:DescribeDBClusters"],
  rate: rateOf("rds", "DescribeDBClusters"),
  consoleUrl: ({ nativeId, region }) =>
    `https://${region}.console.aws.amazon.com/rds/home?region=${region}#database:id=${nativeId};is-cluster=true`,

  async *collect(aws) {
    const { paginateDescribeDBClusters } = await import("@aws-sdk/client-rds");
    for await (const page of paginateDescribeDBClusters({ client: await aws.rds(), pageSize: 100 }, {})) {
      yield (page.DBClusters ?? []).map((cluster) => toResource(cluster, aws.place));
    }
  },

  async probe(aws) {
    const { DescribeDBClustersCommand } = await import("@aws-sdk/client-rds");
    return (await aws.rds()).send(new DescribeDBClustersCommand({ MaxRecords: 20 }));
  },
});

/** The restorable and backtrack times are dropped: they move by themselves, and every row would count as changed. */
export function toResource(cluster: DBCluster, { region }: Place): CollectedResource {
  const {
    TagList,
    LatestRestorableTime: _latest,
    EarliestRestorableTime: _earliest,
    EarliestBacktrackTime: _backtrack,
    BacktrackConsumedChangeRecords: _consumed,
    ...rest
  } = cluster;
  const members = sortedBy(cluster.DBClusterMembers, ({ DBInstanceIdentifier }) => DBInstanceIdentifier);
  return {
    nativeId: required(cluster.DBClusterIdentifier),
    arn: required(cluster.DBClusterArn),
    name: required(cluster.DBClusterIdentifier),
    region,
    state: cluster.Status ?? null,
    tags: tagsOf(TagList),
    facts: {
      engine: cluster.Engine,
      engineVersion: cluster.EngineVersion,
      engineMode: cluster.EngineMode,
      memberCount: members?.length ?? 0,
      isMultiAz: cluster.MultiAZ,
      isEncrypted: cluster.StorageEncrypted,
      endpoint: cluster.Endpoint,
    },
    config: withoutSecrets({
      ...rest,
      DBClusterMembers: members,
      AvailabilityZones: sortedBy(cluster.AvailabilityZones, (zone) => zone),
      VpcSecurityGroups: sortedBy(cluster.VpcSecurityGroups, ({ VpcSecurityGroupId }) => VpcSecurityGroupId),
    }),
    createdAt: cluster.ClusterCreateTime ?? null,
  };
}
