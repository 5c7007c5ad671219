/** Pure: takes secrets out of a resource's properties before anything is stored. By the member's name and by the value's shape. */
import type { Json } from "../aws/collectors/define";
import { isRecord, segmentsOf, valueAt } from "./differences";

export const REDACTED = "[redacted]";

/**
 * A copy of what a resource of that type has, in which every value that is, or may be, a secret reads "[redacted]". Names stay,
 * so that a change still shows where.
 */
export function redact(properties: Json, type: string): Json {
  const shown = redactValue(properties);
  const hidden = secretMembers[type];
  if (!hidden || !isRecord(properties) || !isRecord(shown)) return shown;
  for (const name of Object.keys(properties).filter((name) => hidden.includes(name)))
    shown[name] = redactValue(properties[name]!, true);
  return shown;
}

/** One value out of such properties, by the names along its path. The name beside a pair's value is not known, so that one is hidden. */
export function redactAt(value: Json, path: string, type: string): Json {
  const segments = segmentsOf(path);
  if (pairValues.includes(segments.at(-1) ?? "")) return redactValue(value, true);
  const nested = segments.reduceRight<Json>((inner, segment) => ({ [segment]: inner }), value);
  return valueAt(redact(nested, type), path) ?? null;
}

function redactValue(value: Json, isSecret = false): Json {
  if (Array.isArray(value)) return value.map((member) => redactValue(member, isSecret));
  if (isRecord(value)) return redactMembers(value, isSecret);
  if (typeof value !== "string") return isSecret && typeof value === "number" ? REDACTED : value;
  // A reference to a secret's place is not the secret: "{{resolve:secretsmanager:…}}".
  if (value.startsWith("{{resolve:")) return value;
  if (isSecret || secretShapes.some((shape) => shape.test(value))) return REDACTED;
  return redactEmbedded(value);
}

function redactMembers(value: Record<string, Json>, isSecret: boolean): Record<string, Json> {
  // {Name: "DB_PASSWORD", Value: "…"}: the name stands beside the value.
  const names = pairNames.map((name) => value[name]).filter((name) => typeof name === "string");
  const isSecretPair = names.some((name) => secretName.test(name)) || value.Namespace === BEANSTALK_ENVIRONMENT;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (pairNames.includes(key)) return [key, redactValue(member)];
      const isHidden =
        isSecret ||
        // Whether a password is rotated or a token is required is a setting and no secret: only text and numbers are hidden.
        secretName.test(key) ||
        anyName.has(key) ||
        (isSecretPair && pairValues.includes(key));
      return [key, redactValue(member, isHidden)];
    }),
  );
}

/** A policy or a definition that is JSON in a string. */
function redactEmbedded(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    const parsed = JSON.parse(text) as Json;
    const cleaned = redactValue(parsed);
    return JSON.stringify(cleaned) === JSON.stringify(parsed) ? text : JSON.stringify(cleaned);
  } catch (error) {
    if (error instanceof SyntaxError) return text; // it only looks like JSON
    throw error;
  }
}

const secretName =
  /passw(or)?d|secret(?!s?manager|.*arn$)|(auth|access|refresh|bearer|api|session).?token|^token$|user_?data|(api|access|private|secret|signing|encryption).?key$|apikeyvalue$|credential|connection.?string|_(pass|pwd|key|token)$/i;

/** Environments, and headers by which two servers know each other, carry secrets under any name: of these only the names are kept. */
const anyName = new Set([
  "Environment",
  "EnvironmentVariables",
  "RuntimeEnvironmentVariables",
  "Variables",
  "StageVariables",
  "OriginCustomHeaders",
  "HttpHeaderConfig",
]);

/** An environment as one of a list's options: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html */
const BEANSTALK_ENVIRONMENT = "aws:elasticbeanstalk:application:environment";

/** By type: members whose names tell nothing. */
const secretMembers: Record<string, readonly string[]> = { "AWS::SSM::Parameter": ["Value"] };

const pairNames = ["Name", "Key", "ParameterName", "ParameterKey", "OptionName", "HeaderName", "HttpHeaderName"];
const pairValues = ["Value", "ParameterValue", "HeaderValue"];

const secretShapes = [
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i,
  /\b(gh[pousr]_|xox[abprs]-|sk_live_|rk_live_|glpat-)[\w-]{10,}/,
];
