import type { Plot } from "./plot";

const engines = [
  { Engine: "postgres", EngineVersion: "16.4" },
  { Engine: "postgres", EngineVersion: "13.15" },
  { Engine: "mysql", EngineVersion: "8.0.39" },
  { Engine: "mariadb", EngineVersion: "10.11.9" },
] as const;

/** A database instance, or one in three times an Aurora cluster with a writer of its own. RDS lists tags inline. */
export function addDatabase(plot: Plot, at: number): void {
  const { random, place } = plot;
  const named = plot.title(`db-${at}`);
  const TagList = plot.tagList(named);
  const isCluster = random.chance(0.3);
  const id = isCluster ? `${named.title}-writer` : named.title;
  const engine = isCluster ? { Engine: "aurora-postgresql", EngineVersion: "16.4" } : random.pick(engines);
  const created = plot.ago(700);
  const dice = random.next();
  const status = dice < 0.9 ? "available" : dice < 0.96 ? "stopped" : "backing-up";
  if (isCluster)
    place.dbClusters.push({
      ...engine,
      DBClusterIdentifier: named.title,
      DBClusterArn: plot.arn("rds", `cluster:${named.title}`),
      Status: status,
      MultiAZ: true,
      StorageEncrypted: true,
      DeletionProtection: random.chance(0.7),
      BackupRetentionPeriod: 7,
      ClusterCreateTime: created,
      Endpoint: `${named.title}.cluster-${random.hex(12)}.${plot.region}.rds.amazonaws.com`,
      DBClusterMembers: [{ DBInstanceIdentifier: id, IsClusterWriter: true }],
      TagList,
    });
  place.dbInstances.push({
    ...engine,
    DBInstanceIdentifier: id,
    DBInstanceArn: plot.arn("rds", `db:${id}`),
    ...(isCluster && { DBClusterIdentifier: named.title }),
    DBInstanceClass: random.pick(["db.t4g.medium", "db.m6g.large", "db.r6g.large", "db.r6g.2xlarge"]),
    DBInstanceStatus: status,
    AllocatedStorage: random.pick([20, 100, 500]),
    StorageType: "gp3",
    StorageEncrypted: !random.chance(0.1),
    PubliclyAccessible: random.chance(0.06),
    MultiAZ: random.chance(0.5),
    BackupRetentionPeriod: random.pick([0, 7, 30]),
    DeletionProtection: random.chance(0.5),
    InstanceCreateTime: created,
    AvailabilityZone: plot.zone(),
    Endpoint: { Address: `${id}.${random.hex(12)}.${plot.region}.rds.amazonaws.com`, Port: 5432 },
    TagList,
  });
}
