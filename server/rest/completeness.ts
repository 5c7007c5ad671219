import { z } from "zod";
import type { Completeness } from "../accounts/views";

export const time = z.iso.datetime().meta({ description: "UTC, ISO 8601." });

export const completeness = z
  .object({
    cellsTotal: z.int().meta({ description: "What the figure should count: resource types × regions × accounts." }),
    cellsRead: z.int().meta({ description: "How many of them were ever read." }),
    cellsFailing: z.int().meta({ description: "How many could not be read the last time." }),
    asOf: time.nullable().meta({ description: "The oldest read that is counted; null where nothing was read." }),
    isStale: z.boolean().meta({ description: "Two syncs should have replaced that read." }),
    gaps: z.array(
      z.object({
        accountId: z.string().meta({ description: "The AWS account number." }),
        type: z.string().meta({ description: "The CloudFormation type." }),
        regions: z.array(z.string()),
        reason: z.string(),
        missingAction: z.string().nullable().meta({ description: "The IAM action that the role lacks." }),
        lastReadAt: time.nullable(),
      }),
    ),
  })
  .meta({ id: "Completeness", description: "How complete a figure is, as of when, and why not." });

/** A room's completeness in this API's words. */
export function presentCompleteness({ asOf, gaps, ...counts }: Completeness): z.output<typeof completeness> {
  const { cellsTotal, cellsRead, cellsFailing, isStale } = counts;
  return {
    ...{ cellsTotal, cellsRead, cellsFailing, isStale },
    asOf: asOf?.toISOString() ?? null,
    gaps: gaps.map(({ awsAccountId, type, regions, message, action, lastSuccessAt }) => ({
      ...{ accountId: awsAccountId, type, regions, reason: message, missingAction: action },
      lastReadAt: lastSuccessAt?.toISOString() ?? null,
    })),
  };
}
