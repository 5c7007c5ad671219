import { DEFAULT_ROLE_NAME, rolePolicies } from "./role-policy";
import { quickCreate } from "./quick-create";
import { roleInBash } from "./role-cli";
import { roleInTerraform } from "./role-terraform";
import { roleTemplate, trustPolicy } from "./role-template";
import type { RolePack } from "./views";

export interface RolePackInput {
  externalIdId: string;
  externalId: string;
  awsAccountId: string;
  name: string;
  region: string;
  usedAt: Date | null;
  /** Whom the role trusts. */
  principalArn: string;
  roleName?: string;
  /** Where the template lies on S3 (`ROLE_TEMPLATE_URL`); without it there is no quick-create link. */
  templateUrl?: string;
  /** The AWS console's address (`AWS_CONSOLE_URL`), where it is not Amazon's. */
  consoleUrl?: string;
}

/** Role names that CloudGuard gives and accepts in its own templates. */
const ROLE_NAME_PATTERN = /^CloudGuard[\w+=,.@-]{0,54}$/;

/** Everything a person needs to make the role, four ways that make the same role. */
export function rolePack(input: RolePackInput): RolePack {
  const { templateUrl, consoleUrl, roleName = DEFAULT_ROLE_NAME, ...rest } = input;
  if (!ROLE_NAME_PATTERN.test(roleName)) throw new RangeError("The role's name must begin with CloudGuard.");
  const { awsAccountId, principalArn, externalId, region } = input;
  const policies = rolePolicies({ awsAccountId, roleName });
  const trust = trustPolicy(principalArn, externalId);
  const link = quickCreate({ templateUrl, consoleUrl, region, externalId, principalArn, roleName });
  return {
    ...rest,
    roleName,
    suggestedRoleArn: `arn:aws:iam::${awsAccountId}:role/${roleName}`,
    quickCreateUrl: link.url,
    quickCreateReason: link.reason,
    templateFileName: "cloudguard-role.template.json",
    template: json(roleTemplate({ externalId, principalArn, roleName })),
    cli: roleInBash({ awsAccountId, roleName, trust, policies }),
    terraform: roleInTerraform({ awsAccountId, roleName, trust, policies }),
    trustPolicy: json(trust),
    policies: policies.map(({ feature, name, version, document, actions }) => ({
      feature,
      name,
      version,
      document: json(document),
      actions,
    })),
  };
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
