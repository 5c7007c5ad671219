/** Pure: takes secrets out of a resource's properties before anything is stored. By the member's name and by the value's shape. */
import type { Json } from "../aws/collectors/define";

export const REDACTED = "[redacted]";

/** A copy in which every value that is, or may be, a secret reads "[redacted]". Names stay, so that a change still shows where. */
export function redact(value: Json, isSecret = false): Json {
  if (Array.isArray(value)) return value.map((member) => redact(member, isSecret));
  if (typeof value === "object" && value !== null) return redactMembers(value, isSecret);
  if (typeof value !== "string") return isSecret && typeof value === "number" ? REDACTED : value;
  // A reference to a secret's place is not the secret: "{{resolve:secretsmanager:…}}".
  if (value.startsWith("{{resolve:")) return value;
  if (isSecret || secretShapes.some((shape) => shape.test(value))) return REDACTED;
  return redactEmbedded(value);
}

function redactMembers(value: Record<string, Json>, isSecret: boolean): Record<string, Json> {
  // {Name: "DB_PASSWORD", Value: "…"}: the name stands beside the value.
  const names = pairNames.map((name) => value[name]).filter((name) => typeof name === "string");
  const isSecretPair = names.some((name) => secretName.test(name));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (pairNames.includes(key)) return [key, redact(member)];
      const isHidden =
        isSecret ||
        // Whether a password is rotated or a token is required is a setting and no secret: only text and numbers are hidden.
        secretName.test(key) ||
        environments.has(key) ||
        (isSecretPair && pairValues.includes(key));
      return [key, redact(member, isHidden)];
    }),
  );
}

/** A policy or a definition that is JSON in a string. */
function redactEmbedded(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    const parsed = JSON.parse(text) as Json;
    const cleaned = redact(parsed);
    return JSON.stringify(cleaned) === JSON.stringify(parsed) ? text : JSON.stringify(cleaned);
  } catch (error) {
    if (error instanceof SyntaxError) return text; // it only looks like JSON
    throw error;
  }
}

const secretName =
  /passw(or)?d|secret(?!s?manager|.*arn$)|(auth|access|refresh|bearer|api|session).?token|^token$|user_?data|(api|access|private|secret|signing|encryption).?key$|credential|connection.?string|_(pass|pwd|key|token)$/i;

/** Environments carry secrets under any name: of these only the names are kept. */
const environments = new Set(["Environment", "EnvironmentVariables"]);

const pairNames = ["Name", "Key", "ParameterName", "ParameterKey"];
const pairValues = ["Value", "ParameterValue"];

const secretShapes = [
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i,
  /\b(gh[pousr]_|xox[abprs]-|sk_live_|rk_live_|glpat-)[\w-]{10,}/,
];
