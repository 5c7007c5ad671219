import {
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { DescribeDBClustersCommand, DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { pageSize, paginate } from "../paginate";
import { AwsError, type Sim } from "../wire/sim";
import { findBy } from "./find-by";
import { clientConfig, type AccountPlace } from "./place";

const records = { low: 20, most: 100 };
const invalidMarker = () => new AwsError("InvalidParameterValue", 400, "The marker is not valid.");

/** RDS and DynamoDB. */
export function registerDatabases(sim: Sim, at: AccountPlace): void {
  sim.service(new RDSClient(clientConfig)).service(new DynamoDBClient(clientConfig));

  sim.on(DescribeDBInstancesCommand)((input, ctx) => {
    const { page, next } = paginate(at.region(ctx).dbInstances, {
      operation: "dbInstances",
      token: input.Marker,
      size: pageSize(input.MaxRecords, records),
      invalid: invalidMarker(),
    });
    return { DBInstances: page, Marker: next };
  });

  sim.on(DescribeDBClustersCommand)((input, ctx) => {
    const { page, next } = paginate(at.region(ctx).dbClusters, {
      operation: "dbClusters",
      token: input.Marker,
      size: pageSize(input.MaxRecords, records),
      invalid: invalidMarker(),
    });
    return { DBClusters: page, Marker: next };
  });

  sim.on(ListTablesCommand)((input, ctx) => {
    const names = at.region(ctx).tables.map(({ TableName }) => TableName!);
    // DynamoDB's token is no token: it is the name of the last table of the page before.
    const after = input.ExclusiveStartTableName;
    const start = after === undefined ? 0 : names.indexOf(after) + 1;
    const size = pageSize(input.Limit, { low: 1, most: 100, code: "ValidationException" });
    const page = names.slice(start, start + size);
    return { TableNames: page, LastEvaluatedTableName: start + size < names.length ? page.at(-1) : undefined };
  });

  sim.on(DescribeTableCommand)((input, ctx) => {
    const table = findBy(at.region(ctx).tables, ({ TableName }) => TableName, input.TableName);
    if (table) return { Table: table };
    const message = `Requested resource not found: Table: ${input.TableName} not found`;
    throw new ResourceNotFoundException({ message, $metadata: {} });
  });
}
