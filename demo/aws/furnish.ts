import type { Random } from "./random";
import type { Region, SimulatedAccount, Tags } from "./world";

interface Furnishing {
  account: SimulatedAccount;
  region: string;
  /** About how many resources. */
  count: number;
  /** How many stacks; by default as many as the count suggests. */
  stacks?: number;
  random: Random;
  environment: string;
  /** 00:00 UTC of the world's day: ages count from here. */
  today: Date;
}

const services = ["api", "web", "checkout", "orders", "payments", "search", "catalog", "auth", "billing", "reports", "ingest", "notify"];
const roles = ["worker", "server", "cache", "batch", "proxy"];
const teams = ["platform", "storefront", "data", "payments", "growth"];
const DAY_MS = 86_400_000;

/** Fills one region of an account with what its size would have: instances and their disks first, then everything else. */
export function furnish({ account, region, count, stacks = Math.max(count >= 30 ? 1 : 0, Math.round(count * 0.022)), random, environment, today }: Furnishing): void {
  const place = account.regions.get(region)!;
  const ago = (days: number) => new Date(today.getTime() - random.int(1, days) * DAY_MS + random.int(0, DAY_MS - 1));
  const name = (suffix: string) => `${shortOf(environment)}-${random.pick(services)}-${suffix}`;
  const tagsOf = (title: string): Tags =>
    random.chance(0.12)
      ? {}
      : { Name: title, Environment: environment, Team: random.pick(teams), CostCenter: `CC-${random.int(100, 120)}`, ...(random.chance(0.05) && { note: `<b>größe & "Maße"</b> 日本` }) };
  const share = (part: number) => Math.round(count * part);
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account.id}:${resource}`;

  for (let i = 0; i < share(0.24); i++) addInstance(i);
  for (let i = 0; i < share(0.12); i++) addSnapshot();
  for (let i = 0; i < share(0.03); i++) addAddress(i);
  for (let i = 0; i < share(0.015); i++) addNatGateway();
  for (let i = 0; i < share(0.14); i++) addFunction(i);
  for (let i = 0; i < share(0.05); i++) addDatabase(i);
  for (let i = 0; i < share(0.06); i++) addTable(i);
  for (let i = 0; i < share(0.04); i++) addLoadBalancer(i);
  for (let i = 0; i < share(0.07); i++) addBucket(i);
  for (let i = 0; i < stacks; i++) addStack(i);

  function addInstance(i: number) {
    const InstanceId = `i-${random.hex(17)}`;
    const VolumeId = `vol-${random.hex(17)}`;
    const title = name(random.pick(roles));
    const tags = tagsOf(title);
    const launched = ago(400);
    const zone = `${region}${random.pick(["a", "b", "c"])}`;
    const running = !random.chance(0.15);
    place.instances.push({
      InstanceId, InstanceType: random.pick(["t3.micro", "t3.medium", "m6i.large", "c6i.xlarge", "r6i.2xlarge"]), ImageId: `ami-${random.hex(17)}`, LaunchTime: launched,
      State: running ? { Code: 16, Name: "running" } : { Code: 80, Name: "stopped" }, Placement: { AvailabilityZone: zone, Tenancy: "default" },
      PrivateIpAddress: `10.${random.int(0, 200)}.${random.int(0, 255)}.${(i % 250) + 4}`, VpcId: `vpc-${random.hex(8)}`, SubnetId: `subnet-${random.hex(8)}`, EbsOptimized: true,
      SecurityGroups: [{ GroupId: `sg-${random.hex(8)}`, GroupName: `${title}-sg` }],
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeId, Status: "attached", DeleteOnTermination: true } }], Tags: listed(tags),
    });
    place.volumes.push({
      VolumeId, Size: random.pick([8, 20, 50, 100, 500]), VolumeType: "gp3", State: "in-use", Encrypted: !random.chance(0.2), CreateTime: launched, AvailabilityZone: zone,
      Attachments: [{ InstanceId, Device: "/dev/xvda", State: "attached", VolumeId }], Tags: listed(tags),
    });
  }

  function addSnapshot() {
    const volume = place.volumes.length > 0 ? random.pick(place.volumes) : undefined;
    place.snapshots.push({
      SnapshotId: `snap-${random.hex(17)}`, VolumeId: volume?.VolumeId ?? "vol-ffffffff", VolumeSize: volume?.Size ?? 8, State: "completed", StartTime: ago(120), OwnerId: account.id, Encrypted: volume?.Encrypted ?? true,
      Description: "Created by the nightly backup", Tags: listed(tagsOf("nightly backup")),
    });
  }

  function addAddress(i: number) {
    const instance = random.chance(0.7) ? place.instances[i] : undefined;
    place.addresses.push({
      AllocationId: `eipalloc-${random.hex(17)}`, PublicIp: `52.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`, Domain: "vpc",
      ...(instance && { InstanceId: instance.InstanceId, AssociationId: `eipassoc-${random.hex(17)}` }), Tags: listed(tagsOf(name("ip"))),
    });
  }

  function addNatGateway() {
    place.natGateways.push({ NatGatewayId: `nat-${random.hex(17)}`, State: "available", VpcId: `vpc-${random.hex(8)}`, SubnetId: `subnet-${random.hex(8)}`, CreateTime: ago(600), ConnectivityType: "public", Tags: listed(tagsOf(name("nat"))) });
  }

  function addFunction(i: number) {
    const FunctionName = `${name("fn")}-${i}`;
    const FunctionArn = arn("lambda", `function:${FunctionName}`);
    place.functions.push({
      FunctionName, FunctionArn, Runtime: random.pick(["nodejs20.x", "python3.12", "java21"]), Handler: "index.handler", MemorySize: random.pick([128, 256, 512, 1024]), Timeout: 30, CodeSize: random.int(2_000, 5_000_000),
      LastModified: ago(200).toISOString().replace("Z", "+0000"), State: "Active", Role: `arn:aws:iam::${account.id}:role/lambda-${FunctionName}`,
      Environment: { Variables: { LOG_LEVEL: "info", DB_PASSWORD: `canary-${random.hex(12)}` } },
    });
    remember(FunctionArn, tagsOf(FunctionName));
  }

  function addDatabase(i: number) {
    const isCluster = random.chance(0.3);
    const id = `${name("db")}-${i}`;
    const tags = listed(tagsOf(id));
    if (isCluster)
      place.dbClusters.push({ DBClusterIdentifier: id, DBClusterArn: arn("rds", `cluster:${id}`), Engine: "aurora-postgresql", EngineVersion: "16.4", Status: "available", MultiAZ: true, StorageEncrypted: true, DeletionProtection: true, ClusterCreateTime: ago(700), TagList: tags });
    place.dbInstances.push({
      DBInstanceIdentifier: isCluster ? `${id}-1` : id, DBInstanceArn: arn("rds", `db:${isCluster ? `${id}-1` : id}`), ...(isCluster && { DBClusterIdentifier: id }), DBInstanceClass: random.pick(["db.t4g.medium", "db.r6g.large"]),
      Engine: isCluster ? "aurora-postgresql" : "postgres", EngineVersion: "16.4", DBInstanceStatus: "available", AllocatedStorage: 100, StorageEncrypted: !random.chance(0.1), MultiAZ: random.chance(0.5), InstanceCreateTime: ago(700), TagList: tags,
    });
  }

  function addTable(i: number) {
    const TableName = `${name("table")}-${i}`;
    const TableArn = arn("dynamodb", `table/${TableName}`);
    place.tables.push({ TableName, TableArn, TableStatus: "ACTIVE", ItemCount: random.int(0, 900_000), TableSizeBytes: random.int(0, 1e9), CreationDateTime: ago(500), BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" }, KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }], AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }] });
    remember(TableArn, tagsOf(TableName));
  }

  function addLoadBalancer(i: number) {
    const LoadBalancerName = `${name("lb")}-${i}`.slice(0, 32);
    const LoadBalancerArn = arn("elasticloadbalancing", `loadbalancer/app/${LoadBalancerName}/${random.hex(16)}`);
    place.loadBalancers.push({ LoadBalancerName, LoadBalancerArn, DNSName: `${LoadBalancerName}.${region}.elb.amazonaws.com`, Scheme: random.pick(["internet-facing", "internal"]), Type: "application", State: { Code: "active" }, CreatedTime: ago(500), VpcId: `vpc-${random.hex(8)}`, IpAddressType: "ipv4" });
    remember(LoadBalancerArn, tagsOf(LoadBalancerName));
  }

  function addBucket(i: number) {
    const bucket = `${name("data")}-${account.id.slice(0, 4)}-${region}-${i}`;
    account.buckets.push({ name: bucket, region, created: ago(1500), encryption: random.pick(["AES256", "aws:kms"]), isPublicAccessBlocked: !random.chance(0.15), expiresAfterDays: random.chance(0.4) ? 90 : null });
    remember(`arn:aws:s3:::${bucket}`, tagsOf(bucket));
  }

  function addStack(i: number) {
    const StackName = `${name("stack")}-${i}`;
    const created = ago(500);
    const drift = random.pick(["IN_SYNC", "DRIFTED", "NOT_CHECKED"] as const);
    place.stacks.push({
      StackName, StackId: arn("cloudformation", `stack/${StackName}/${random.hex(8)}-1234-1234-1234-${random.hex(12)}`), StackStatus: random.chance(0.1) ? "UPDATE_IN_PROGRESS" : random.pick(["CREATE_COMPLETE", "UPDATE_COMPLETE"] as const),
      CreationTime: created, TemplateDescription: "Managed by the platform team",
      DriftInformation: { StackDriftStatus: drift, ...(drift !== "NOT_CHECKED" && { LastCheckTimestamp: ago(30) }) },
    });
  }

  function remember(of: string, tags: Tags) {
    if (Object.keys(tags).length > 0) place.tags.set(of, tags);
  }
}

const shortOf = (environment: string) => ({ production: "prod", staging: "stage", sandbox: "sbx", shared: "shared" })[environment] ?? environment;
const listed = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Every array that a region lists, with the type name that CloudGuard gives it. */
export const listedTypes = {
  instances: "AWS::EC2::Instance",
  volumes: "AWS::EC2::Volume",
  snapshots: "AWS::EC2::Snapshot",
  addresses: "AWS::EC2::EIP",
  natGateways: "AWS::EC2::NatGateway",
  functions: "AWS::Lambda::Function",
  dbInstances: "AWS::RDS::DBInstance",
  dbClusters: "AWS::RDS::DBCluster",
  tables: "AWS::DynamoDB::Table",
  loadBalancers: "AWS::ElasticLoadBalancingV2::LoadBalancer",
  stacks: "AWS::CloudFormation::Stack",
} as const satisfies Partial<Record<keyof Region, string>>;
