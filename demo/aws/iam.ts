import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  NoSuchEntityException,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import { roleArn, type Identities, type Role } from "./identities";
import { pageSize, paginate } from "./paginate";
import { evaluate } from "./policies";
import { clientConfig } from "./services";
import { AwsError, type Ctx, type Sim } from "./wire/sim";
import type { World } from "./world";

/** The part of IAM by which a role reads itself. */
export function registerIam(sim: Sim, identities: Identities, world: () => World): void {
  const roleNamed = (ctx: Ctx, name = "") => {
    const role = identities.role(roleArn({ account: ctx.account, name }));
    if (!role) throw notFound(`The role with name ${name} cannot be found.`);
    return role;
  };
  sim.service(new IAMClient(clientConfig));
  sim.on(GetRoleCommand)((input, ctx) => ({ Role: described(roleNamed(ctx, input.RoleName)) }));
  sim.on(ListRolePoliciesCommand)((input, ctx) => {
    const names = roleNamed(ctx, input.RoleName).policies.map(({ name }) => name);
    const { page, ...rest } = paged(names, "policies", input);
    return { PolicyNames: page, ...rest };
  });
  sim.on(ListAttachedRolePoliciesCommand)((input, ctx) => {
    roleNamed(ctx, input.RoleName);
    return { AttachedPolicies: [], IsTruncated: false };
  });
  sim.on(GetRolePolicyCommand)((input, ctx) => {
    const policy = roleNamed(ctx, input.RoleName).policies.find(({ name }) => name === input.PolicyName);
    if (!policy) throw notFound(`The role policy with name ${input.PolicyName} cannot be found.`);
    return { RoleName: input.RoleName, PolicyName: policy.name, PolicyDocument: encoded(policy.document) };
  });
  sim.on(SimulatePrincipalPolicyCommand)((input) => {
    const role = identities.role(input.PolicySourceArn ?? "");
    if (!role) throw notFound(`${input.PolicySourceArn} cannot be found.`);
    const documents = role.policies.map(({ document }) => document);
    const [resource = "*"] = input.ResourceArns ?? [];
    const { page, ...rest } = paged(input.ActionNames ?? [], "simulation", input);
    return {
      EvaluationResults: page.map((EvalActionName) => ({
        EvalActionName,
        EvalResourceName: resource,
        EvalDecision: evaluate(documents, EvalActionName, resource),
      })),
      ...rest,
    };
  });
  sim.on(ListAccountAliasesCommand)((_input, ctx) => {
    const name = world().accounts.get(ctx.account)?.name;
    return { AccountAliases: name ? [name.toLowerCase().replaceAll(" ", "-")] : [], IsTruncated: false };
  });
}

/** A page as IAM's lists give it; its pages hold 100 unless asked for others, up to 1,000. */
function paged<T>(list: readonly T[], operation: string, { Marker, MaxItems }: { Marker?: string; MaxItems?: number }) {
  const size = pageSize(MaxItems, { low: 1, most: 1000, byDefault: 100, code: "ValidationError" });
  const invalid = new AwsError("InvalidInput", 400, "Invalid Marker.");
  const { page, next } = paginate(list, { operation, token: Marker, size, invalid });
  return { page, IsTruncated: next !== undefined, Marker: next };
}

function described(role: Role) {
  return {
    Path: "/",
    RoleName: role.name,
    RoleId: `AROA${role.account}`,
    Arn: roleArn(role),
    CreateDate: new Date("2026-11-01T00:00:00Z"),
    AssumeRolePolicyDocument: encoded(role.trust),
    MaxSessionDuration: 3600,
  };
}

/** IAM percent-encodes documents. */
const encoded = (document: object) => encodeURIComponent(JSON.stringify(document));

const notFound = (message: string) => new NoSuchEntityException({ message, $metadata: {} });
