import { z } from "zod";
import { accountById, listAccounts } from "../accounts/queries";
import {
  beginConnection,
  connectAccount,
  disconnectAccount,
  pauseAccount,
  previewDisconnect,
  recheckAccount,
  resumeAccount,
  rolePack,
  updateAccount,
} from "../accounts/service";
import { adminProcedure, memberProcedure, router } from "../trpc";

const id = z.string().min(1).max(100);
const name = z.string().trim().min(1, "Give the account a name.").max(100, "Use at most 100 characters.");
const awsAccountId = z
  .string()
  .trim()
  .regex(/^\d{12}$/, "An AWS account number has exactly 12 digits.");
const region = z
  .string()
  .trim()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "This is not a region's name. It looks like eu-west-1.");
const account = z.strictObject({ accountId: id });

export const accountsRouter = router({
  list: memberProcedure.query(({ ctx }) => listAccounts(ctx)),
  byId: memberProcedure.input(account).query(({ ctx, input }) => accountById(ctx, input)),
  begin: adminProcedure
    .input(z.strictObject({ name, awsAccountId, region }))
    .mutation(({ ctx, input }) => beginConnection(ctx, input)),
  rolePack: adminProcedure.input(z.strictObject({ externalIdId: id })).query(({ ctx, input }) => rolePack(ctx, input)),
  connect: adminProcedure
    .meta({ costs: true })
    .input(z.strictObject({ externalIdId: id, roleArn: z.string().max(2100) }))
    .mutation(({ ctx, input }) => connectAccount(ctx, input)),
  check: memberProcedure
    .meta({ costs: true })
    .input(account)
    .mutation(({ ctx, input }) => recheckAccount(ctx, input)),
  update: adminProcedure
    .input(account.extend({ name: name.optional(), region: region.optional() }))
    .mutation(({ ctx, input }) => updateAccount(ctx, input)),
  pause: adminProcedure.input(account).mutation(({ ctx, input }) => pauseAccount(ctx, input)),
  resume: adminProcedure.input(account).mutation(({ ctx, input }) => resumeAccount(ctx, input)),
  disconnectPreview: adminProcedure.input(account).query(({ ctx, input }) => previewDisconnect(ctx, input)),
  disconnect: adminProcedure
    .input(account.extend({ confirm: z.string().max(50) }))
    .mutation(({ ctx, input }) => disconnectAccount(ctx, input)),
});
