/** Pure: how much a difference matters. The table is read from the top; the first rule that fits says it. */
import type { Json } from "../aws/collectors/define";
import type { DriftSeverity } from "./views";

export interface Judged {
  /** `AWS::EC2::SecurityGroup` */
  type: string;
  /** Empty where the whole resource was deleted. */
  path: string;
  expected: Json | null;
  actual: Json | null;
}

export interface Judgement {
  severity: DriftSeverity;
  because: string;
}

interface Rule extends Judgement {
  types?: RegExp;
  path?: RegExp;
  when?: (difference: Judged) => boolean;
}

const rules: Rule[] = [
  {
    severity: "CRITICAL",
    because: "Open to the internet",
    types: /^AWS::EC2::SecurityGroup(Ingress)?$/,
    path: /^\/(SecurityGroupIngress|CidrIp|CidrIpv6|FromPort|ToPort|IpProtocol)\b/,
    when: ({ actual }) => /0\.0\.0\.0\/0|::\/0/.test(JSON.stringify(actual)),
  },
  {
    severity: "CRITICAL",
    because: "Public access",
    path: /PubliclyAccessible|PublicAccessBlock|^\/AccessControl$/,
    when: ({ path, actual }) =>
      /PublicAccessBlock/.test(path)
        ? saysFalse(actual)
        : actual === true || actual === "true" || /^Public/.test(String(actual)),
  },
  {
    severity: "CRITICAL",
    because: "A policy lets anybody in",
    path: /Policy|Statement/,
    when: ({ actual }) => /"Principal":("\*"|\{"AWS":("\*"|\["\*"\]))/.test(JSON.stringify(actual)),
  },
  { severity: "HIGH", because: "Deleted outside of CloudFormation", path: /^$/ },
  {
    severity: "HIGH",
    because: "Encryption changed or off",
    path: /Encrypt|KmsKey|KMSKey|SSESpecification|SSEAlgorithm/,
  },
  {
    severity: "HIGH",
    because: "Deletion protection off",
    path: /DeletionProtection|TerminationProtection|DisableApiTermination/,
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
    because: "Inbound rules changed",
    types: /^AWS::EC2::SecurityGroup/,
    path: /^\/SecurityGroupIngress/,
  },
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
  { severity: "LOW", because: "Tags changed", path: /^\/Tags\b/ },
  { severity: "LOW", because: "Configuration changed" },
];

/** The severity of one difference, and why in words. The last rule fits everything. */
export function judge(difference: Judged): Judgement {
  const rule = rules.find(
    ({ types, path, when }) =>
      (!types || types.test(difference.type)) && (!path || path.test(difference.path)) && (!when || when(difference)),
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

/** False, or a structure in which something is: AWS gives booleans as booleans or as text. A setting taken away is off too. */
function saysFalse(value: Json | null): boolean {
  return value === null || /\bfalse\b/.test(JSON.stringify(value)) || value === "Disabled" || value === 0;
}
