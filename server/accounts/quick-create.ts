/** The link that opens the console with the stack filled in; or why there is none. */
export function quickCreate(options: {
  templateUrl?: string;
  consoleUrl?: string;
  region: string;
  externalId: string;
  principalArn: string;
  roleName: string;
}): { url: string; reason: null } | { url: null; reason: string } {
  const {
    templateUrl,
    consoleUrl = "https://console.aws.amazon.com",
    region,
    externalId,
    principalArn,
    roleName,
  } = options;
  if (!templateUrl)
    return {
      url: null,
      reason:
        "The console opens templates from S3 only. Put the role's template into a bucket and set ROLE_TEMPLATE_URL to its address to get a quick-create link.",
    };
  const parameters = new URLSearchParams({
    templateURL: templateUrl,
    stackName: "CloudGuard",
    param_ExternalId: externalId,
    param_PrincipalArn: principalArn,
    param_RoleName: roleName,
  });
  const base = consoleUrl.replace(/\/+$/, "");
  return { url: `${base}/cloudformation/home?region=${region}#/stacks/quickcreate?${parameters}`, reason: null };
}
