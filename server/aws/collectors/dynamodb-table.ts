import type { TableDescription } from "@aws-sdk/client-dynamodb";
import { errorShape } from "../answers";
import { rateOf } from "../rates";
import { required, sortedBy, withoutSecrets } from "./answer-shapes";
import { type CollectedResource, defineCollector, type Place } from "./define";

export const dynamodbTable = defineCollector({
  type: "AWS::DynamoDB::Table",
  label: "DynamoDB table",
  shortName: "dynamodb",
  scope: "regional",
  permissions: ["dynamodb:ListTables", "dynamodb:DescribeTable"],
  rate: rateOf("dynamodb", "ListTables"),
  tagSweep: "dynamodb:table",
  consoleUrl: ({ nativeId, region }) =>
    `https://${region}.console.aws.amazon.com/dynamodbv2/home?region=${region}#table?name=${encodeURIComponent(nativeId)}`,

  async *collect(aws) {
    const { DescribeTableCommand, paginateListTables } = await import("@aws-sdk/client-dynamodb");
    const client = await aws.dynamodb();
    const describe = async (TableName: string) => {
      try {
        return (await client.send(new DescribeTableCommand({ TableName }))).Table;
      } catch (error) {
        // Deleted since the list was read: then it is no resource any more.
        if (errorShape(error).code === "ResourceNotFoundException") return undefined;
        throw error;
      }
    };
    for await (const page of paginateListTables({ client, pageSize: 100 }, {})) {
      const tables = await Promise.all((page.TableNames ?? []).map(describe));
      yield tables.flatMap((table) => (table ? [toResource(table, aws.place)] : []));
    }
  },

  async probe(aws) {
    const { ListTablesCommand } = await import("@aws-sdk/client-dynamodb");
    return (await aws.dynamodb()).send(new ListTablesCommand({ Limit: 1 }));
  },
});

export function toResource(table: TableDescription, { region }: Place): CollectedResource {
  return {
    nativeId: required(table.TableName),
    arn: required(table.TableArn),
    name: required(table.TableName),
    region,
    state: table.TableStatus ?? null,
    facts: {
      // AWS leaves the summary out of tables that never were on demand.
      billingMode: table.BillingModeSummary?.BillingMode ?? "PROVISIONED",
      itemCount: table.ItemCount,
      sizeBytes: table.TableSizeBytes,
      readCapacityUnits: table.ProvisionedThroughput?.ReadCapacityUnits,
      writeCapacityUnits: table.ProvisionedThroughput?.WriteCapacityUnits,
      hasStream: table.StreamSpecification?.StreamEnabled ?? false,
      isDeletionProtected: table.DeletionProtectionEnabled,
    },
    config: withoutSecrets({
      ...table,
      AttributeDefinitions: sortedBy(table.AttributeDefinitions, ({ AttributeName }) => AttributeName),
      GlobalSecondaryIndexes: sortedBy(table.GlobalSecondaryIndexes, ({ IndexName }) => IndexName),
      LocalSecondaryIndexes: sortedBy(table.LocalSecondaryIndexes, ({ IndexName }) => IndexName),
      Replicas: sortedBy(table.Replicas, ({ RegionName }) => RegionName),
    }),
    createdAt: table.CreationDateTime ?? null,
  };
}
