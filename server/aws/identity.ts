import { ownScope } from "./credentials";
import { clientFor } from "./clients";

/**
 * Whom customers trust: `CLOUDGUARD_PRINCIPAL_ARN`, or the root of the account that CloudGuard itself runs as, which AWS
 * says. Asked once per process; throws when CloudGuard has no AWS identity.
 */
export function callerPrincipal(): Promise<string> {
  const configured = process.env.CLOUDGUARD_PRINCIPAL_ARN;
  if (configured) return Promise.resolve(configured);
  if (!asked) {
    const asking = askPrincipal();
    asked = asking;
    // A failure is not kept: credentials may be there the next time.
    asking.catch(() => (asked = undefined));
  }
  return asked;
}

let asked: Promise<string> | undefined;

async function askPrincipal(): Promise<string> {
  const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const sts = await clientFor("sts", ownScope("self"));
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  return `arn:aws:iam::${Account}:root`;
}
