import { z } from "zod";
import { accountId, AdminError, type AdminParts, type Routes } from "./admin-routes";
import { cloudGuard } from "./identities";
import { trustPolicy, without } from "./policies";
import { policyShape } from "./policy-shape";
import { roleFromTemplate, TemplateError, type PlannedRole } from "./role-template";

/** Roles by request, and what the console needs to make one from a template. */
export function roleRoutes({ world, identities, kept }: AdminParts): Routes {
  /** The place on S3 that the quick-create link wants a template to lie on; it outlives a reset, as S3 would. */
  const { templates } = kept;
  const mustExist = (account: string) => {
    if (!world().accounts.has(account)) throw new AdminError(404, `Account ${account} is not simulated.`);
  };
  return {
    "POST roles": ({ read }) => {
      const { account, roleName: name, principal, externalId, policies, lacks } = read(roleShape);
      mustExist(account);
      const documents = without(
        policies.map(({ document }) => document),
        lacks,
      );
      const named = documents.map((document, at) => ({ name: policies[at]?.name ?? "Lacks", document }));
      const trust = trustPolicy(principal, externalId ?? null);
      return { roleArn: identities.put({ account, name, trust, policies: named }) };
    },
    "PUT templates": ({ id = "", read }) => {
      templates.set(id, read(z.looseObject({})));
      kept.save();
      return { stored: id };
    },
    "GET templates": ({ id = "" }) => {
      if (!templates.has(id)) throw new AdminError(404, `There is no template ${id}.`);
      return templates.get(id);
    },
    // What a stack from the template would create, for the console to show before it is made.
    "POST plans": ({ read }) => {
      const { account, templateUrl, parameters } = read(planShape);
      mustExist(account);
      const template = templates.get(templateName(templateUrl));
      if (template === undefined) return { plan: withoutTemplate(account, parameters), isFromTemplate: false };
      try {
        return { plan: roleFromTemplate(template, { account, parameters }), isFromTemplate: true };
      } catch (error) {
        throw error instanceof TemplateError ? new AdminError(400, error.message) : error;
      }
    },
  };
}

/** The last part of the path; this server is the only place that templates are taken from. */
function templateName(url: string): string {
  return /\/_sim\/templates\/([^/?#]+)$/.exec(url)?.[1] ?? "";
}

function withoutTemplate(account: string, parameters: Record<string, string>): PlannedRole {
  const { RoleName: roleName = defaultRoleName, PrincipalArn: principal = defaultPrincipal, ExternalId } = parameters;
  return { account, roleName, principal, ...(ExternalId && { externalId: ExternalId }), policies: [everything] };
}

const defaultRoleName = "CloudGuardMonitoringRole";
const defaultPrincipal = `arn:aws:iam::${cloudGuard.account}:root`;
const everything = { name: "Everything", document: { Statement: [{ Effect: "Allow" as const, Action: "*" }] } };

const roleShape = z.strictObject({
  account: accountId,
  roleName: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/, "is no role name")
    .default(defaultRoleName),
  principal: z.string().min(1).default(defaultPrincipal),
  /** Without one the role takes anybody whom it trusts, which CloudGuard must notice. */
  externalId: z.string().optional(),
  policies: z.array(z.strictObject({ name: z.string(), document: policyShape })).default([everything]),
  /** Actions to leave out of the policies. */
  lacks: z.array(z.string()).default([]),
});

const planShape = z.strictObject({
  account: accountId,
  templateUrl: z.string().default(""),
  parameters: z.record(z.string(), z.string()),
});
