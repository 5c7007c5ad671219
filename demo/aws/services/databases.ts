import { DescribeTableCommand, DynamoDBClient, ListTablesCommand, ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { DescribeDBClustersCommand, DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { pageSize, paginate } from "../paginate";
import type { Sim } from "../wire/sim";
import { clientConfig, type AccountPlace } from "./place";

const records = { low: 20, most: 100 };

/** RDS and DynamoDB. */
export function registerDatabases(sim: Sim, at: AccountPlace): void {
  sim.service(new RDSClient(clientConfig)).service(new DynamoDBClient(clientConfig));
  sim.on(DescribeDBInstancesCommand)((input, ctx) => {
    const { page, next } = paginate(at.region(ctx).dbInstances, { operation: "dbInstances", token: input.Marker, size: pageSize(input.MaxRecords, records) });
    return { DBInstances: page, Marker: next };
  });
  sim.on(DescribeDBClustersCommand)((input, ctx) => {
    const { page, next } = paginate(at.region(ctx).dbClusters, { operation: "dbClusters", token: input.Marker, size: pageSize(input.MaxRecords, records) });
    return { DBClusters: page, Marker: next };
  });
  sim.on(ListTablesCommand)((input, ctx) => {
    const { tables } = at.region(ctx);
    const start = input.ExclusiveStartTableName === undefined ? 0 : tables.findIndex(({ TableName }) => TableName === input.ExclusiveStartTableName) + 1;
    const page = tables.slice(start, start + pageSize(input.Limit, { low: 1, most: 100, code: "ValidationException" }));
    return { TableNames: page.map(({ TableName }) => TableName!), LastEvaluatedTableName: start + page.length < tables.length ? page.at(-1)?.TableName : undefined };
  });
  sim.on(DescribeTableCommand)((input, ctx) => {
    const table = at.region(ctx).tables.find(({ TableName }) => TableName === input.TableName);
    if (!table) throw new ResourceNotFoundException({ message: `Requested resource not found: Table: ${input.TableName} not found`, $metadata: {} });
    return { Table: table };
  });
}
