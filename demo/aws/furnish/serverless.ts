import type { Runtime } from "@aws-sdk/client-lambda";
import type { Plot } from "./plot";

const runtimes: Runtime[] = ["nodejs20.x", "nodejs22.x", "python3.12", "python3.9", "java21"];

/** A function, with secrets in its environment: nothing of them may ever reach CloudGuard's database or its screens. */
export function addFunction(plot: Plot, at: number): void {
  const { random, account } = plot;
  const named = plot.title(`${random.pick(["handler", "webhook", "resize", "sync", "cleanup"])}-${at}`);
  const FunctionArn = plot.arn("lambda", `function:${named.title}`);
  plot.place.functions.push({
    FunctionName: named.title,
    FunctionArn,
    Runtime: random.pick(runtimes),
    Handler: "index.handler",
    MemorySize: random.pick([128, 256, 512, 1024, 3008]),
    Timeout: random.pick([3, 30, 60, 900]),
    CodeSize: random.int(2_000, 5_000_000),
    CodeSha256: random.hex(44),
    LastModified: plot.ago(200).toISOString().replace("Z", "+0000"),
    Version: "$LATEST",
    PackageType: "Zip",
    Architectures: [random.pick(["x86_64", "arm64"])],
    State: random.chance(0.03) ? "Inactive" : "Active",
    Role: `arn:aws:iam::${account.id}:role/lambda-${named.service}`,
    Description: random.chance(0.5) ? `${named.service}: see the runbook` : "",
    Environment: {
      Variables: {
        LOG_LEVEL: "info",
        DB_PASSWORD: `canary-${random.hex(12)}`,
        ...(random.chance(0.3) && { STRIPE_API_KEY: `canary-key-${random.hex(16)}` }),
      },
    },
  });
  plot.remember(FunctionArn, plot.tags(named));
}

export function addTable(plot: Plot, at: number): void {
  const { random } = plot;
  const named = plot.title(`${random.pick(["events", "sessions", "carts", "locks", "index"])}-${at}`);
  const TableArn = plot.arn("dynamodb", `table/${named.title}`);
  const isOnDemand = random.chance(0.7);
  plot.place.tables.push({
    TableName: named.title,
    TableArn,
    TableId: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`,
    TableStatus: random.chance(0.03) ? "UPDATING" : "ACTIVE",
    ItemCount: random.int(0, 900_000),
    TableSizeBytes: random.int(0, 1e9),
    CreationDateTime: plot.ago(500),
    ...(isOnDemand && { BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" } }),
    ProvisionedThroughput: { ReadCapacityUnits: isOnDemand ? 0 : 25, WriteCapacityUnits: isOnDemand ? 0 : 10 },
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    DeletionProtectionEnabled: random.chance(0.4),
  });
  plot.remember(TableArn, plot.tags(named));
}

export function addBucket(plot: Plot, at: number): void {
  const { random, account, region } = plot;
  const named = plot.title(random.pick(["assets", "logs", "exports", "backups", "uploads"]));
  // Bucket names are unique in all of AWS.
  const name = `northwind-${named.title}-${account.id.slice(0, 4)}-${region}-${at}`;
  account.buckets.push({
    name,
    region,
    created: plot.ago(1500),
    encryption: random.pick(["AES256", "aws:kms"]),
    isPublicAccessBlocked: !random.chance(0.15),
    expiresAfterDays: random.chance(0.4) ? random.pick([30, 90, 365]) : null,
  });
  plot.remember(`arn:aws:s3:::${name}`, plot.tags({ ...named, title: name }));
}
