import type { AwsAccess } from "./access";
import { type ActionProbe, fromFailure } from "./action-probe";
import { collectors } from "./collectors/index";
import type { Failure } from "./failure";
import { billingActions, driftActions, identityActions, inventoryActions, selfCheckActions } from "./permissions";
import { readRolePolicies, simulate, type Simulated } from "./role-self-check";
import type { AwsSession } from "./session";
import { toFailure } from "./to-failure";

export interface FeatureProbe {
  feature: "identity" | "inventory" | "drift" | "billing";
  label: string;
  probes: ActionProbe[];
}

/**
 * What a connected role allows, per feature: one cheap real call per list API in `region`, and IAM's own simulation for
 * what would cost money, start something or need an item. `documents` are the role's inline policies, by whose Sids their
 * version is known, or why they could not be read.
 */
export async function probeFeatures(
  session: AwsSession,
  region: string,
): Promise<{ features: FeatureProbe[]; documents: string[] | Failure }> {
  const access = session.at(region);
  const [called, simulated, own] = await Promise.all([
    probeByCall(access),
    simulate(access, session.grant.roleArn, { actions: simulatedActions(), ownActions: selfCheckActions }),
    readRolePolicies(access, session.grant.roleArn),
  ]);
  for (const probe of [...own.probes, simulationItself(simulated)]) called.set(probe.action, probe);
  const probe = (action: string) => called.get(action) ?? fromSimulation(action, simulated);
  return {
    features: [
      {
        feature: "identity",
        label: "Identity and self-check",
        probes: [...identityActions, ...selfCheckActions].map(probe),
      },
      { feature: "inventory", label: "Inventory", probes: inventoryActions().map(probe) },
      { feature: "drift", label: "Drift detection", probes: driftActions.map(probe) },
      { feature: "billing", label: "Cost", probes: billingActions.map(probe) },
    ],
    documents: own.documents,
  };
}

/** One call at a time and service would be slow, all at once is a dozen: fine for every rate that AWS has. */
async function probeByCall(access: AwsAccess): Promise<Map<string, ActionProbe>> {
  const calls: [action: string, call: () => Promise<unknown>][] = [
    ["sts:GetCallerIdentity", () => getCallerIdentity(access)],
    ["ec2:DescribeRegions", () => describeRegions(access)],
    ["tag:GetResources", () => getResources(access)],
    ...collectors.map((collector): [string, () => Promise<unknown>] => [
      collector.permissions[0]!,
      () => collector.probe(access),
    ]),
  ];
  const probes = await Promise.all(calls.map(([action, call]) => probeCall(action, call)));
  return new Map(probes.map((probe) => [probe.action, probe]));
}

async function probeCall(action: string, call: () => Promise<unknown>): Promise<ActionProbe> {
  try {
    await call();
    return { action, result: "allowed", by: "call", message: null };
  } catch (error) {
    return fromFailure(action, toFailure(error, { action }));
  }
}

/** Having been asked, IAM has said whether it may be. */
function simulationItself(simulated: Simulated): ActionProbe {
  const action = "iam:SimulatePrincipalPolicy";
  if (!(simulated instanceof Map)) return fromFailure(action, simulated);
  return { action, result: "allowed", by: "call", message: null };
}

function fromSimulation(action: string, simulated: Simulated): ActionProbe {
  if (!(simulated instanceof Map))
    return { action, result: "unknown", by: "none", message: `IAM could not be asked: ${simulated.message}` };
  const decision = simulated.get(action) ?? "unknown";
  if (decision === "unknown") return { action, result: "unknown", by: "none", message: "IAM did not say." };
  if (decision === "allowed") return { action, result: "allowed", by: "simulation", message: null };
  const denied = { action, result: "denied" as const, by: "simulation" as const, message: denials[decision] };
  return decision === "lacking" ? denied : { ...denied, isBarred: true };
}

const denials = {
  lacking: "No policy of the role allows it.",
  explicitDeny: "A policy denies it explicitly. Take that out: no statement that is added would help.",
  organization: "The organization's policies do not allow it, whatever the role's own say.",
  boundary: "The role's permissions boundary does not allow it, whatever the role's policies say.",
};

/** All but what is called anyway and what is asked about our own role. */
function simulatedActions(): string[] {
  const called = new Set<string>([...collectors.map(({ permissions }) => permissions[0]!), "tag:GetResources"]);
  const all = [...identityActions, ...inventoryActions(), ...driftActions, ...billingActions];
  return [...new Set(all)].filter((action) => !called.has(action));
}

async function getCallerIdentity(access: AwsAccess) {
  const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  return (await access.sts()).send(new GetCallerIdentityCommand({}));
}

async function describeRegions(access: AwsAccess) {
  const { DescribeRegionsCommand } = await import("@aws-sdk/client-ec2");
  return (await access.ec2()).send(new DescribeRegionsCommand({ AllRegions: false }));
}

async function getResources(access: AwsAccess) {
  const { GetResourcesCommand } = await import("@aws-sdk/client-resource-groups-tagging-api");
  return (await access.tagging()).send(new GetResourcesCommand({ ResourcesPerPage: 1 }));
}
