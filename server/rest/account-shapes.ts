import { z } from "zod";
import type { AccountSummary } from "../accounts/views";
import { completeness, presentCompleteness, time } from "./completeness";

/** An account as the call that connects it answers. */
export const connectedAccount = z
  .object({
    id: z.string().meta({ description: "The id of the connection, for the other calls." }),
    accountId: z.string().meta({ description: "The AWS account number, twelve digits." }),
    name: z.string(),
    roleArn: z.string(),
    region: z.string(),
    status: z.enum(["connected", "scanning", "limited", "error", "paused"]).meta({
      description:
        "connected: everything is read · scanning: a sync runs, as after connecting · limited: something could not be read · error: the role cannot be used · paused by a person",
    }),
    createdAt: time,
  })
  .meta({ id: "ConnectedAccount" });

export const account = connectedAccount
  .extend({
    statusReason: z.string().nullable().meta({ description: "What is missing or wrong, in a sentence." }),
    resourceCount: z.int().nullable().meta({ description: "null: never read." }),
    regionsEnabled: z.int().nullable().meta({ description: "null: never read." }),
    lastSyncedAt: time.nullable(),
    completeness,
  })
  .meta({ id: "AwsAccount" });

export function presentConnected(row: AccountSummary): z.output<typeof connectedAccount> {
  const { id, awsAccountId, name, roleArn, region, status, createdAt } = row;
  return { id, accountId: awsAccountId, name, roleArn, region, status, createdAt: createdAt.toISOString() };
}

export function presentAccount(row: AccountSummary): z.output<typeof account> {
  const { statusReason, resourceCount, regionsEnabled, lastSyncedAt } = row;
  return {
    ...presentConnected(row),
    ...{ statusReason, resourceCount, regionsEnabled },
    lastSyncedAt: lastSyncedAt?.toISOString() ?? null,
    completeness: presentCompleteness(row.completeness),
  };
}
