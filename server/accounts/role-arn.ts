/** A role's ARN, taken apart. */
interface RoleArn {
  roleArn: string;
  awsAccountId: string;
  /** Without its path. */
  roleName: string;
  /** `/` or `/team/ops/`. */
  path: string;
}

export type ParsedRoleArn = { ok: true; value: RoleArn } | { ok: false; message: string };

/** Takes a pasted role ARN apart, or says in a sentence for its field what is wrong with it. */
export function parseRoleArn(input: string): ParsedRoleArn {
  const roleArn = input.trim();
  const wrong = (message: string): ParsedRoleArn => ({ ok: false, message });
  if (roleArn === "")
    return wrong("Paste the role's ARN, such as arn:aws:iam::123456789012:role/CloudGuardMonitoringRole.");
  if (roleArn.length > MAX_ARN_LENGTH) return wrong("This is longer than any role ARN.");
  const [arn, partition, service, region, account, ...rest] = roleArn.split(":");
  const resource = rest.join(":");
  if (arn !== "arn" || account === undefined || resource === "")
    return wrong("This is not an ARN. A role's looks like arn:aws:iam::123456789012:role/CloudGuardMonitoringRole.");
  if (partition !== "aws" && /^aws-/.test(partition ?? ""))
    return wrong(`CloudGuard reads the aws partition; ${partition} is not supported yet.`);
  if (partition !== "aws") return wrong(`The partition of this ARN must be aws, not ${partition || "empty"}.`);
  if (service === "sts" && resource.startsWith("assumed-role/"))
    return wrong(
      "This is the ARN of a session. Paste the role's own: arn:aws:iam::…:role/…, as the IAM console shows it.",
    );
  if (service !== "iam" || region !== "") return wrong("This ARN is not of IAM. A role's begins with arn:aws:iam::");
  if (!/^\d{12}$/.test(account)) return wrong("The account number in this ARN must have twelve digits.");
  const kind = resource.split("/")[0];
  if (kind !== "role") return wrong(`This is the ARN of ${named(kind)}, not of a role.`);
  const match = /^role(\/(?:[\x21-\x2e\x30-\x7e]+\/)*)([\w+=,.@-]{1,64})$/.exec(resource);
  if (!match) return wrong("The role's name has characters that IAM does not allow, or more than 64 of them.");
  const [, path = "", roleName = ""] = match;
  const mayAssume = `CloudGuard itself may only assume roles at role/${PREFIX}*`;
  if (!roleName.startsWith(PREFIX))
    return wrong(
      `The role's name must begin with ${PREFIX}: ${mayAssume}. “${roleName.slice(0, 64)}” is another name.`,
    );
  if (path !== "/" && !path.startsWith(`/${PREFIX}`))
    return wrong(
      `The role must have no path, or one that begins with /${PREFIX}: ${mayAssume}. This one's is ${path}.`,
    );
  return { ok: true, value: { roleArn, awsAccountId: account, roleName, path } };
}

/** CloudGuard's own credentials are allowed sts:AssumeRole on `arn:aws:iam::*:role/CloudGuard*` alone, where case counts. */
const PREFIX = "CloudGuard";
const MAX_ARN_LENGTH = 2048;

function named(kind: string | undefined): string {
  if (kind === "root") return "the account's root";
  if (kind === "policy" || kind === "user" || kind === "group") return `a ${kind}`;
  return kind === "instance-profile" ? "an instance profile" : `“${kind?.slice(0, 40)}”`;
}
