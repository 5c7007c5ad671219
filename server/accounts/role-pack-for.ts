import { callerPrincipal } from "../aws/identity";
import { toFailure } from "../aws/to-failure";
import { env } from "../env";
import { AppError } from "../errors";
import { rolePack } from "./role-pack";
import type { RolePack } from "./views";

interface Issued {
  id: string;
  value: string;
  awsAccountId: string;
  name: string;
  region: string;
  usedAt: Date | null;
}

/** The role pack for an issued ExternalId, with this installation's principal and template. */
export async function rolePackFor(issued: Issued): Promise<RolePack> {
  const { ROLE_TEMPLATE_URL, AWS_CONSOLE_URL } = env();
  const principalArn = await whomToTrust();
  return rolePack({
    externalIdId: issued.id,
    externalId: issued.value,
    awsAccountId: issued.awsAccountId,
    name: issued.name,
    region: issued.region,
    usedAt: issued.usedAt,
    principalArn,
    templateUrl: ROLE_TEMPLATE_URL,
    consoleUrl: AWS_CONSOLE_URL,
  });
}

async function whomToTrust(): Promise<string> {
  try {
    return await callerPrincipal();
  } catch (error) {
    const { message } = toFailure(error);
    throw new AppError(
      "BAD_GATEWAY",
      `CloudGuard could not ask AWS who it is itself (${message}). Try again; if it stays, give the server AWS credentials or set CLOUDGUARD_PRINCIPAL_ARN.`,
    );
  }
}
