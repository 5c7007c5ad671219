import type { RolePolicy } from "./role-policy";

/** The role as Terraform. HCL reads JSON's object syntax, so the documents appear as the console shows them. */
export function roleInTerraform(role: {
  awsAccountId: string;
  roleName: string;
  trust: unknown;
  policies: RolePolicy[];
}): string {
  const policies = role.policies.map(
    (policy) => `
resource "aws_iam_role_policy" "cloudguard_${policy.feature}" {
  name   = ${literal(policy.name)}
  role   = aws_iam_role.cloudguard.id
  policy = jsonencode(${document(policy.document)})
}
`,
  );
  return `# Apply in account ${role.awsAccountId}.
resource "aws_iam_role" "cloudguard" {
  name                 = ${literal(role.roleName)}
  description          = "Read by CloudGuard"
  max_session_duration = 3600
  assume_role_policy   = jsonencode(${document(role.trust)})
}
${policies.join("")}
output "cloudguard_role_arn" {
  value = aws_iam_role.cloudguard.arn
}
`;
}

/** `${` and `%{` begin a template in HCL, also within strings; doubled they are themselves. */
function escaped(json: string): string {
  return json.replace(/([$%])\{/g, "$1$1{");
}

function literal(text: string): string {
  return escaped(JSON.stringify(text));
}

function document(value: unknown): string {
  return escaped(JSON.stringify(value, null, 2)).replaceAll("\n", "\n  ");
}
