import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { AppError } from "../errors";
import { accountById } from "./queries";
import { connectAccount } from "./service";
import type { AccountDetail } from "./views";

/**
 * Connects as a program does, by the ExternalId itself, with a name and a region of its own where it gives them. Throws
 * BAD_REQUEST at `externalId` for any that was not issued to the tenant for this account.
 */
export async function connectWithExternalId(
  ctx: RoomContext,
  { externalId, awsAccountId, ...given }: ProgramsConnection,
): Promise<AccountDetail> {
  const issued = await forTenant(ctx.tenantId, (tx) =>
    tx.externalId.findFirst({ where: { value: externalId, retiredAt: null } }),
  );
  if (!issued) throw atExternalId(notIssued);
  if (issued.awsAccountId !== awsAccountId)
    throw atExternalId(`This ExternalId was issued for account ${issued.awsAccountId}. ${howToGetOne}`);
  const { accountId } = await connectAccount(
    ctx,
    { externalIdId: issued.id, ...given },
    "accounts.connectWithExternalId",
  );
  return accountById(ctx, { accountId });
}

interface ProgramsConnection {
  externalId: string;
  awsAccountId: string;
  roleArn: string;
  name?: string;
  region?: string;
}

const howToGetOne =
  "Get one with POST /api/aws-accounts/external-id, put it into the role's trust policy, and send it here.";
const notIssued = `CloudGuard did not issue this ExternalId to you. ${howToGetOne} One of your own choice is not taken: whoever could choose it could name somebody else's role and have CloudGuard read that account for them (the confused deputy).`;

const atExternalId = (message: string) => new AppError("BAD_REQUEST", message, { fields: { externalId: message } });
