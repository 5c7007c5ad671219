import { z } from "zod";
import { shortNameOf } from "../resources/short-names";
import type { ResourceRow } from "../resources/views";
import { time } from "./completeness";

const fact = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const resource = z
  .object({
    type: z.string().meta({ description: "The short name: ec2, s3, lambda, rds …" }),
    id: z.string().meta({ description: "AWS's own id: an instance id, a bucket's name." }),
    name: z.string().nullable(),
    accountId: z.string().meta({ description: "The AWS account number." }),
    region: z.string(),
    state: z.string().nullable().meta({ description: "AWS's word; null where the type has no state." }),
    instanceType: z.string().optional().meta({ description: "EC2 instances." }),
    launchTime: time.optional().meta({ description: "EC2 instances: the last start." }),
    tags: z.record(z.string(), z.string()).nullable().meta({ description: "null: the tags could not be read." }),
    resourceType: z.string().meta({ description: "The CloudFormation type." }),
    arn: z.string().nullable(),
    facts: z.record(z.string(), fact).meta({ description: "What this type shows first; units are in the names." }),
    createdAt: time.nullable().meta({ description: "When it was made, where AWS says so." }),
    seenAt: time.meta({ description: "The row is as of then." }),
    isStale: z.boolean().meta({ description: "Two syncs should have replaced that read." }),
  })
  .meta({ id: "Resource" });

export function presentResource(row: ResourceRow): z.output<typeof resource> {
  const { type, nativeId, name, awsAccountId, region, state, tags, arn, facts, createdAt, seenAt, isStale } = row;
  const { instanceType, launchedAt } = facts;
  return {
    ...{ type: shortNameOf(type), id: nativeId, name, accountId: awsAccountId, region, state },
    ...(typeof instanceType === "string" && { instanceType }),
    ...(typeof launchedAt === "string" && { launchTime: launchedAt }),
    ...{ tags, resourceType: type, arn, facts, isStale },
    createdAt: createdAt?.toISOString() ?? null,
    seenAt: seenAt.toISOString(),
  };
}
