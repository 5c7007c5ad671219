import type { RolePolicy } from "./role-policy";

/**
 * The role as lines for bash and the AWS CLI. They form one `&&` chain, so that nothing is made in an account that is not
 * the one meant, and a pasted chain that stops half-way does not close the shell.
 */
export function roleInBash(role: {
  awsAccountId: string;
  roleName: string;
  trust: unknown;
  policies: RolePolicy[];
}): string {
  const name = quoted(role.roleName);
  const steps = [
    `[ "$(aws sts get-caller-identity --query Account --output text)" = ${quoted(role.awsAccountId)} ]`,
    `aws iam create-role --role-name ${name} \\\n  --assume-role-policy-document ${quoted(JSON.stringify(role.trust))}`,
    ...role.policies.map(
      (policy) =>
        `aws iam put-role-policy --role-name ${name} --policy-name ${quoted(policy.name)} \\\n  --policy-document ${quoted(JSON.stringify(policy.document))}`,
    ),
    `aws iam get-role --role-name ${name} --query Role.Arn --output text`,
  ];
  return `${steps.join(" &&\n")}\n`;
}

/** In single quotes bash expands nothing; a single quote itself needs to step out of them. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
