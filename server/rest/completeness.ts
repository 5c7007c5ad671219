import { z } from "zod";
import type { Completeness } from "../accounts/views";

export const time = z.iso.datetime().meta({ description: "UTC, ISO 8601." });

export const completeness = z
  .object({
    cellsTotal: z.int().meta({ description: "What the figure should count: resource types × regions × accounts." }),
    cellsRead: z.int().meta({ description: "How many of them were ever read." }),
    cellsFailing: z.int().meta({ description: "How many could not be read the last time." }),
    accountsFailing: z.int().meta({ description: "How many accounts could not be entered the last time." }),
    accountsWaiting: z
      .int()
      .meta({ description: "How many accounts were not entered yet; nothing of them is counted." }),
    asOf: time.nullable().meta({ description: "The oldest read that is counted; null where nothing was read." }),
    isStale: z
      .boolean()
      .meta({ description: "Two syncs should have replaced that read, or the last attempt to replace a read failed." }),
    gaps: z.array(
      z.object({
        accountId: z.string().meta({ description: "The AWS account number." }),
        subject: z.enum(["resources", "tags", "region", "account"]).meta({
          description:
            "What could not be read: a type's resources, the tags of what was read, a region since disabled, or the account.",
        }),
        type: z.string().nullable().meta({ description: "The CloudFormation type, where `subject` is `resources`." }),
        regions: z.array(z.string()).meta({ description: "Empty where it is the account as a whole." }),
        reason: z.string(),
        missingAction: z.string().nullable().meta({ description: "The IAM action that the role lacks." }),
        lastReadAt: time.nullable(),
      }),
    ),
  })
  .meta({ id: "Completeness", description: "How complete a figure is, as of when, and why not." });

/** A room's completeness in this API's words. */
export function presentCompleteness({
  asOf,
  gaps,
  isPartial: _isPartial,
  ...counts
}: Completeness): z.output<typeof completeness> {
  return {
    ...counts,
    asOf: asOf?.toISOString() ?? null,
    gaps: gaps.map(({ awsAccountId, subject, type, regions, message, action, lastSuccessAt }) => ({
      ...{ accountId: awsAccountId, subject, type, regions, reason: message, missingAction: action },
      lastReadAt: lastSuccessAt?.toISOString() ?? null,
    })),
  };
}
