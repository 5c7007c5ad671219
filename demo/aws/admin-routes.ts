import { z } from "zod";
import type { CallLedger } from "./calls";
import { faultShape, type Faults } from "./faults";
import { cloudGuard, type Identities } from "./identities";
import { mutate } from "./mutate";
import { trustPolicy, without } from "./policies";
import { policyShape } from "./policy-shape";
import { roleFromTemplate, TemplateError, type PlannedRole } from "./role-template";
import { truth } from "./truth";
import type { World } from "./world";

export interface AdminParts {
  world: () => World;
  identities: Identities;
  faults: Faults;
  calls: CallLedger;
  /** The signing names of what is simulated. */
  services: string[];
  /** Makes everything as it was at the start. */
  reset: () => void;
}

export interface Asked {
  /** What follows the endpoint's name in the path. */
  id: string | undefined;
  query: URLSearchParams;
  /** The body by its shape; throws what becomes a 400. */
  read: <T>(shape: z.ZodType<T>) => T;
}

/** What was asked for cannot be done; the message says why. */
export class AdminError extends Error {
  constructor(
    readonly status: 400 | 404,
    message: string,
  ) {
    super(message);
  }
}

/** By method and the path's part after `/_sim/`. */
export function adminRoutes(parts: AdminParts): Record<string, (asked: Asked) => unknown> {
  const { world, calls, reset } = parts;
  return {
    "GET health": () => ({ status: "ok" }),
    "GET truth": () => truth(world()),
    "GET accounts": () => [...world().accounts.values()].map(({ id, name }) => ({ id, name })),
    "GET calls": ({ query }) => {
      const list = calls.list();
      if (query.get("reset")) calls.clear();
      return list;
    },
    "POST reset": () => {
      reset();
      return { reset: true };
    },
    ...faultRoutes(parts),
    ...roleRoutes(parts),
    ...worldRoutes(parts),
  };
}

function faultRoutes({ faults, services }: AdminParts): Record<string, (asked: Asked) => unknown> {
  return {
    "GET faults": () => faults.list(),
    "POST faults": ({ read }) => {
      const fault = read(faultShape);
      // A fault that no call can ever meet would make a test pass for nothing.
      if (fault.service !== undefined && !services.includes(fault.service))
        throw new AdminError(400, `${fault.service} is not simulated; these are: ${services.join(", ")}.`);
      return { id: faults.add(fault) };
    },
    "DELETE faults": ({ id }) => {
      if (id === undefined) faults.clear();
      else if (!faults.remove(id)) throw new AdminError(404, `No fault has the id ${id}.`);
      return { removed: true };
    },
  };
}

function roleRoutes({ world, identities }: AdminParts): Record<string, (asked: Asked) => unknown> {
  /** The place on S3 that the quick-create link wants a template to lie on; it outlives a reset, as S3 would. */
  const templates = new Map<string, unknown>();
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
      return {
        roleArn: identities.put({ account, name, trust: trustPolicy(principal, externalId ?? null), policies: named }),
      };
    },
    "PUT templates": ({ id = "", read }) => {
      templates.set(id, read(z.looseObject({})));
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

function worldRoutes({ world }: AdminParts): Record<string, (asked: Asked) => unknown> {
  return {
    "POST mutate": ({ read }) => {
      const mutation = read(mutationShape);
      try {
        mutate(world(), mutation);
      } catch (error) {
        // It throws for what the request names wrongly, and for nothing else.
        throw error instanceof Error ? new AdminError(404, error.message) : error;
      }
      return { serial: world().serial };
    },
    "POST terminate": ({ read }) => {
      const { account, region, instanceId } = read(instanceShape);
      const place = world().accounts.get(account)?.regions.get(region);
      const left = place?.instances.filter(({ InstanceId }) => InstanceId !== instanceId) ?? [];
      const removed = (place?.instances.length ?? 0) - left.length;
      if (place) place.instances = left;
      return { removed };
    },
  };
}

/** The last part of the path; the page's own server is the only place that templates are taken from. */
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

const accountId = z.string().regex(/^\d{12}$/, "must be twelve digits");

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

const mutationShape = z.strictObject({
  account: accountId,
  region: z.string(),
  type: z.string(),
  nativeId: z.string(),
  action: z.enum(["terminate", "delete", "tag", "copy"]),
  tags: z.record(z.string(), z.string()).optional(),
});

const instanceShape = z.strictObject({ account: accountId, region: z.string(), instanceId: z.string() });
