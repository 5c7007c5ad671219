import type { StackDriftStatus, StackStatus } from "@aws-sdk/client-cloudformation";

export interface StackEntry {
  account: string;
  region: string;
  name: string;
  status: StackStatus;
  /** AWS's last word on its drift. */
  drift: StackDriftStatus;
  description: string;
  environment: string;
  team: string;
  /** The name of the stack that this one is nested in, in the same place. */
  parent?: string;
  reason?: string;
}

type Row = [
  region: string,
  name: string,
  status: StackStatus,
  drift: StackDriftStatus,
  team: string,
  description: string,
];

/** Which stacks there are, account by account: 25 that live, and four deleted ones that AWS lists for 90 days. */
const byAccount: [account: string, environment: string, rows: Row[]][] = [
  [
    "123456789012",
    "production",
    [
      [
        "us-east-1",
        "web-app-infrastructure",
        "UPDATE_COMPLETE",
        "DRIFTED",
        "storefront",
        "Web application infrastructure",
      ],
      ["us-east-1", "my-stack", "CREATE_COMPLETE", "NOT_CHECKED", "platform", "A bucket and a table"],
      [
        "us-east-1",
        "network-foundation",
        "CREATE_COMPLETE",
        "IN_SYNC",
        "platform",
        "VPC, subnets, NAT gateways & routes",
      ],
      ["us-east-1", "orders-service", "UPDATE_COMPLETE", "IN_SYNC", "checkout", "Orders API and its workers"],
      ["us-east-1", "payments-service", "UPDATE_IN_PROGRESS", "NOT_CHECKED", "payments", "Payments API <PCI scope>"],
      ["us-east-1", "catalog-service", "UPDATE_ROLLBACK_COMPLETE", "DRIFTED", "storefront", "Product catalogue"],
      [
        "eu-west-1",
        "web-app-infrastructure",
        "UPDATE_COMPLETE",
        "IN_SYNC",
        "storefront",
        "Web application infrastructure (EU)",
      ],
      ["eu-west-1", "orders-service", "UPDATE_COMPLETE", "NOT_CHECKED", "checkout", "Orders API and its workers"],
      [
        "eu-west-1",
        "network-foundation",
        "CREATE_COMPLETE",
        "IN_SYNC",
        "platform",
        "VPC, subnets, NAT gateways & routes",
      ],
      ["us-west-2", "disaster-recovery", "CREATE_COMPLETE", "UNKNOWN", "platform", "Warm standby of the shop"],
      ["us-west-2", "search-service", "ROLLBACK_COMPLETE", "NOT_CHECKED", "search", "OpenSearch behind the shop"],
      ["ap-southeast-2", "edge-sydney", "CREATE_COMPLETE", "IN_SYNC", "platform", "Edge cache, Sydney"],
      ["ap-south-1", "edge-mumbai", "UPDATE_ROLLBACK_FAILED", "NOT_CHECKED", "platform", "Edge cache, Mumbai"],
      [
        "us-east-1",
        "web-app-blue",
        "DELETE_COMPLETE",
        "NOT_CHECKED",
        "storefront",
        "Retired by the move to rolling updates",
      ],
      ["us-east-1", "black-friday-extra", "DELETE_COMPLETE", "NOT_CHECKED", "storefront", "Extra capacity"],
    ],
  ],
  [
    "200000000002",
    "staging",
    [
      [
        "us-east-1",
        "web-app-infrastructure",
        "UPDATE_COMPLETE",
        "DRIFTED",
        "storefront",
        "Web application infrastructure",
      ],
      ["us-east-1", "orders-service", "UPDATE_COMPLETE", "IN_SYNC", "checkout", "Orders API and its workers"],
      ["us-east-1", "load-test-rig", "DELETE_FAILED", "NOT_CHECKED", "platform", "Load generators"],
      [
        "eu-central-1",
        "preview-42",
        "CREATE_IN_PROGRESS",
        "NOT_CHECKED",
        "storefront",
        "Vorschau: größere Bilder & „Maße“",
      ],
      ["eu-central-1", "preview-41", "DELETE_COMPLETE", "NOT_CHECKED", "storefront", "Preview of a feature branch"],
    ],
  ],
  [
    "300000000003",
    "data",
    [
      ["us-east-1", "data-lake", "UPDATE_COMPLETE", "DRIFTED", "data", "Raw, curated and published zones"],
      ["us-east-1", "airflow", "CREATE_COMPLETE", "IN_SYNC", "data", "Scheduler of the nightly jobs"],
      ["eu-central-1", "kafka-cluster", "IMPORT_COMPLETE", "NOT_CHECKED", "data", "Imported from a hand-made cluster"],
      ["us-east-1", "spark-experiment", "DELETE_COMPLETE", "NOT_CHECKED", "data", "Spark on spot instances"],
    ],
  ],
  [
    "100000000001",
    "shared",
    [
      ["us-east-1", "organization-trail", "CREATE_COMPLETE", "IN_SYNC", "platform", "CloudTrail of all accounts"],
      ["us-east-1", "cost-exports", "CREATE_COMPLETE", "NOT_CHECKED", "platform", "Billing exports for finance"],
    ],
  ],
  ["400000000004", "sandbox", [["us-east-1", "hello-cdk", "CREATE_COMPLETE", "NOT_CHECKED", "growth", "First steps"]]],
];

/** CloudFormation names a nested stack after its parent, its logical id and a random word. */
const parents: Record<string, string> = {
  "web-app-infrastructure-NetworkStack-1A2B3C4D5E6F": "web-app-infrastructure",
  "web-app-infrastructure-MonitoringStack-7G8H9J0K1L2M": "web-app-infrastructure",
};

const nested: StackEntry[] = Object.entries(parents).map(([name, parent]) => ({
  account: "123456789012",
  region: "us-east-1",
  name,
  parent,
  status: "UPDATE_COMPLETE",
  drift: "IN_SYNC",
  description: `Part of ${parent}`,
  environment: "production",
  team: "storefront",
}));

const reasons: Partial<Record<StackStatus, string>> = {
  ROLLBACK_COMPLETE: "The following resource(s) failed to create: [SearchDomain]. Rollback requested by user.",
  UPDATE_ROLLBACK_COMPLETE: "The following resource(s) failed to update: [TaskDefinition].",
  UPDATE_ROLLBACK_FAILED: "The following resource(s) failed to update: [EdgeCache].",
  DELETE_FAILED: "The following resource(s) failed to delete: [ResultsBucket].",
};

export const stackCatalogue: StackEntry[] = [
  ...byAccount.flatMap(([account, environment, rows]) =>
    rows.map(([region, name, status, drift, team, description]): StackEntry => ({
      account,
      region,
      name,
      status,
      drift,
      team,
      description,
      environment,
      reason: reasons[status],
    })),
  ),
  ...nested,
];
