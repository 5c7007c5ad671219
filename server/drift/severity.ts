/** Pure: how much a difference matters. The table is read from the top; the first rule that fits says it. */
import type { Json } from "../aws/collectors/define";
import { valueAt, type PropertyDifference } from "./differences";
import type { DriftSeverity } from "./views";

/** A difference; of a whole resource the path is empty. */
export type Judged = Pick<PropertyDifference, "path" | "stablePath" | "actual">;

/** Whose difference it is. `actual`: all of it as it really is, or null where that is not known. */
export interface JudgedResource {
  /** `AWS::EC2::SecurityGroup` */
  type: string;
  driftStatus: string;
  actual: Json | null;
}

export interface Judgement {
  severity: DriftSeverity;
  because: string;
}

interface Rule extends Judgement {
  types?: RegExp;
  /** Of the stable path, in which members of a list are named by their key. */
  path?: RegExp;
  when?: (difference: Judged, resource: JudgedResource) => boolean;
}

/** In a group, or as a resource of its own. */
const inbound = {
  types: /^AWS::EC2::SecurityGroup(Ingress)?$/,
  path: /^\/(SecurityGroupIngress|Cidr|FromPort|ToPort|IpProtocol|Source)/,
};

const rules: Rule[] = [
  {
    severity: "HIGH",
    because: "Deleted outside of CloudFormation",
    when: (_, { driftStatus }) => driftStatus === "DELETED",
  },
  // First, as a tag may be called anything.
  { severity: "LOW", because: "Tags changed", path: /^\/Tags\b/ },
  { severity: "LOW", because: "Description changed", path: /Description$/ },
  {
    severity: "CRITICAL",
    because: "Open to the internet",
    ...inbound,
    when: (difference, resource) => isOpen(wholeOf(difference, resource, "IpProtocol")),
  },
  {
    severity: "CRITICAL",
    because: "Public access",
    path: /PubliclyAccessible|PublicAccessBlock|^\/AccessControl$/,
    when: ({ path, actual }) =>
      /PublicAccessBlock/.test(path) ? saysFalse(actual) : saysTrue(actual) || /^Public/.test(String(actual)),
  },
  {
    severity: "CRITICAL",
    because: "A policy lets anybody in",
    path: /Policy|Statement/,
    when: (difference, resource) => letsAnybodyIn(wholeOf(difference, resource, "Effect")),
  },
  {
    severity: "HIGH",
    because: "Encryption changed or off",
    path: /Encrypt|Kms|KMS|\/SSE|SseEnabled/,
    when: ({ actual }) => !saysTrue(actual),
  },
  {
    severity: "HIGH",
    because: "Deletion protection off",
    path: /DeletionProtection|TerminationProtection|DisableApiTermination|\[deletion_protection\.enabled\]/,
    when: ({ actual }) => saysFalse(actual),
  },
  {
    severity: "HIGH",
    because: "Permissions changed",
    types: /^AWS::IAM::/,
    path: /Polic|Statement|AssumeRole|Boundary/,
  },
  {
    severity: "HIGH",
    because: "Permissions changed",
    path: /PolicyDocument|KeyPolicy|ResourcePolicy|RepositoryPolicy/,
  },
  { severity: "HIGH", because: "Inbound rules changed", ...inbound },
  {
    severity: "MEDIUM",
    because: "Versioning or backups changed",
    path: /VersioningConfiguration|BackupRetention|PointInTimeRecovery/,
  },
  {
    severity: "MEDIUM",
    because: "Size changed",
    path: /InstanceType|InstanceClass|NodeType|MemorySize|AllocatedStorage|DesiredCapacity|CapacityUnits|MultiAZ/,
  },
  { severity: "LOW", because: "Configuration changed" },
];

/** The severity of one difference, or of a deletion, and why in words. The last rule fits everything. */
export function judge(difference: Judged, resource: JudgedResource): Judgement {
  const rule = rules.find(
    ({ types, path, when }) =>
      (!types || types.test(resource.type)) &&
      (!path || path.test(difference.stablePath)) &&
      (!when || when(difference, resource)),
  )!;
  return { severity: rule.severity, because: rule.because };
}

const order: DriftSeverity[] = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];

/** The highest; null of none. */
export function worst(severities: Iterable<DriftSeverity | null>): DriftSeverity | null {
  let highest = -1;
  for (const severity of severities) if (severity) highest = Math.max(highest, order.indexOf(severity));
  return order[highest] ?? null;
}

/** For sorting: the worse, the higher; null is the lowest. */
export function rankOf(severity: DriftSeverity | null): number {
  return severity ? order.indexOf(severity) : -1;
}

/**
 * What a difference is part of, as it really is: the nearest structure with that member, such as the rule whose port or the
 * statement whose principal changed; the value itself where it is not within one.
 */
function wholeOf({ path, actual }: Judged, resource: JudgedResource, member: string): Json | null {
  const steps = path.split("/");
  const around = steps.slice(1).map((_, at) => valueAt(resource.actual, steps.slice(0, -1 - at).join("/")));
  const whole = [actual, ...around].find(
    (one) => typeof one === "object" && one !== null && Object.hasOwn(one, member),
  );
  return whole ?? actual;
}

/** Every address there is has a prefix of no bits: 0.0.0.0/0, ::/0. */
function isOpen(rule: Json | null): boolean {
  return /"[\da-f.:]+\/0"/i.test(JSON.stringify(rule));
}

/** A policy, as a structure or as JSON in a string, or one of its statements. */
function letsAnybodyIn(policy: Json | undefined): boolean {
  if (typeof policy === "string") return letsAnybodyIn(parsed(policy));
  if (typeof policy !== "object" || policy === null) return false;
  if (Array.isArray(policy)) return policy.some(letsAnybodyIn);
  if (policy.Effect === undefined) return letsAnybodyIn(policy.Statement);
  return policy.Effect === "Allow" && /^("\*"|\{"AWS":("\*"|\[.*"\*".*\])\})$/.test(JSON.stringify(policy.Principal));
}

/** Null where it is no JSON, which no policy is. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** AWS gives booleans as booleans or as text. */
function saysTrue(value: Json | null): boolean {
  return value === true || value === "true";
}

/** False, or a structure in which something is. A setting taken away is off too. */
function saysFalse(value: Json | null): boolean {
  return value === null || /\bfalse\b/.test(JSON.stringify(value)) || value === "Disabled" || value === 0;
}
