import { z } from "zod";
import { accountName, awsAccountId, regionName } from "../accounts/account-fields";
import { connectWithExternalId } from "../accounts/connect-with-external-id";
import { accountById, listAccounts } from "../accounts/queries";
import { disconnectAccount, previewDisconnect } from "../accounts/disconnect";
import {
  beginConnection,
  connectAccount,
  pauseAccount,
  recheckAccount,
  resumeAccount,
  rolePack,
  updateAccount,
} from "../accounts/service";
import { tickAfterResponse } from "../jobs/after-response";
import { adminProcedure, memberProcedure, router } from "../trpc";

const id = z.string().min(1).max(100);
/** Taken apart by the room, which says what is wrong with it. */
const pastedArn = z.string().max(2100, "This is longer than any role ARN.");
const account = z.strictObject({ accountId: id });

export const accountsRouter = router({
  list: memberProcedure.query(({ ctx }) => listAccounts(ctx)),
  byId: memberProcedure.input(account).query(({ ctx, input }) => accountById(ctx, input)),
  begin: adminProcedure
    .input(z.strictObject({ name: accountName, awsAccountId, region: regionName }))
    .mutation(({ ctx, input }) => beginConnection(ctx, input)),
  rolePack: adminProcedure.input(z.strictObject({ externalIdId: id })).query(({ ctx, input }) => rolePack(ctx, input)),
  connect: adminProcedure
    .meta({ costs: true })
    .input(z.strictObject({ externalIdId: id, roleArn: pastedArn }))
    .mutation(({ ctx, input }) => tickAfterResponse(connectAccount(ctx, input))),
  connectWithExternalId: adminProcedure
    .meta({ costs: true })
    .input(
      z.strictObject({
        externalId: z.string().max(1224),
        awsAccountId,
        roleArn: pastedArn,
        name: accountName.optional(),
        region: regionName.optional(),
      }),
    )
    .mutation(({ ctx, input }) => tickAfterResponse(connectWithExternalId(ctx, input))),
  check: memberProcedure
    .meta({ costs: true })
    .input(account)
    .mutation(({ ctx, input }) => recheckAccount(ctx, input)),
  update: adminProcedure
    .input(account.extend({ name: accountName.optional(), region: regionName.optional() }))
    .mutation(({ ctx, input }) => updateAccount(ctx, input)),
  pause: adminProcedure.input(account).mutation(({ ctx, input }) => pauseAccount(ctx, input)),
  resume: adminProcedure
    .meta({ costs: true })
    .input(account)
    .mutation(({ ctx, input }) => tickAfterResponse(resumeAccount(ctx, input))),
  disconnectPreview: adminProcedure.input(account).query(({ ctx, input }) => previewDisconnect(ctx, input)),
  disconnect: adminProcedure
    .input(account.extend({ confirm: z.string().max(50) }))
    .mutation(({ ctx, input }) => disconnectAccount(ctx, input)),
});
