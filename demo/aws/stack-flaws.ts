import type { Properties, StackResource } from "./stack-contents";

const openSsh = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIp: "0.0.0.0/0" };

/** What happened to a stack behind CloudFormation's back, or what a detection of it cannot do. */
export type Flaw = keyof typeof flaws;

const flaws = {
  /** Somebody opened SSH to the world. */
  openedPort: live("WebSecurityGroup", (group) => ({
    ...group,
    SecurityGroupIngress: [...(group.SecurityGroupIngress as object[]), openSsh],
  })),
  suspendedVersioning: live("AssetsBucket", (bucket) => ({
    ...bucket,
    VersioningConfiguration: { Status: "Suspended" },
  })),
  /** A scanner writes when it last came by: the kind of difference that people stop reading. */
  noisyTag: live("AssetsBucket", (bucket) => ({
    ...bucket,
    Tags: [...(bucket.Tags as object[]), { Key: "LastScanned", Value: "2026-11-23T04:00:00Z" }],
  })),
  deletedQueue: live("JobsQueue", () => null),
  moreMemory: live("Handler", (fn) => ({ ...fn, MemorySize: 1024 })),
  unprotectedTable: live("Ledger", (table) => ({ ...table, DeletionProtectionEnabled: false })),
  unencryptedTable: live("Ledger", (table) => ({ ...table, SSESpecification: { SSEEnabled: false } })),
  /** In the words of an UNKNOWN resource since 2025-08: a missing permission no longer fails the detection. */
  unreadableRole: uncompared("UNKNOWN", "HandlerRole", "Access denied: iam:GetRole is needed to read the resource"),
  unreadableTable: uncompared(
    "UNKNOWN",
    "Ledger",
    "User: arn:aws:sts::000000000000:assumed-role/CloudGuard is not authorized to perform: kms:DescribeKey on resource",
  ),
  throttledQueue: uncompared("UNKNOWN", "JobsQueue", "Rate exceeded (Service: Sqs, Status Code: 400)"),
  /** A word that the API reference has and AWS does not send at present: a detection has to be honest about it all the same. */
  uncheckedQueue: uncompared("NOT_CHECKED", "JobsQueue", "CloudFormation did not check the resource"),
  /** Nothing in the stack supports detection. */
  customOnly: (contents: StackResource[]) => contents.filter(({ type }) => type.startsWith("Custom::")),
} satisfies Record<string, (contents: StackResource[]) => StackResource[]>;

/** The contents with each flaw done to them. */
export function withFlaws(contents: StackResource[], done: readonly Flaw[]): StackResource[] {
  return done.reduce((changed, flaw) => flaws[flaw](changed), contents);
}

/** Changes what is really there. */
function live(logicalId: string, change: (properties: Properties) => Properties | null) {
  return (contents: StackResource[]) =>
    contents.map((one) => (one.logicalId === logicalId && one.live ? { ...one, live: change(one.live) } : one));
}

function uncompared(status: "UNKNOWN" | "NOT_CHECKED", logicalId: string, reason: string) {
  return (contents: StackResource[]) =>
    contents.map((one) => (one.logicalId === logicalId ? { ...one, cannotCompare: { status, reason } } : one));
}

/** The demo's own stacks, by `account/region/name`. Those that are not here are as their templates say. */
export const knownFlaws: Record<string, readonly Flaw[]> = {
  "123456789012/us-east-1/web-app-infrastructure": [
    "openedPort",
    "suspendedVersioning",
    "noisyTag",
    "deletedQueue",
    "moreMemory",
    "unreadableRole",
  ],
  "123456789012/us-east-1/web-app-infrastructure-MonitoringStack-7G8H9J0K1L2M": ["noisyTag"],
  "123456789012/us-east-1/catalog-service": ["moreMemory", "noisyTag"],
  "123456789012/eu-west-1/orders-service": ["noisyTag"],
  "123456789012/us-west-2/disaster-recovery": ["unreadableTable", "unreadableRole", "uncheckedQueue"],
  "123456789012/ap-southeast-2/edge-sydney": ["throttledQueue"],
  "200000000002/us-east-1/web-app-infrastructure": ["suspendedVersioning", "noisyTag"],
  "300000000003/us-east-1/data-lake": ["unprotectedTable", "noisyTag"],
  "300000000003/eu-central-1/kafka-cluster": ["unencryptedTable"],
  "100000000001/us-east-1/cost-exports": ["customOnly"],
};

/** Of these AWS gives up half-way, with what it has found by then. */
export const failingDetections = new Set(["123456789012/ap-south-1/edge-mumbai"]);
