/**
 * Pure: `value` as a log may hold it. What is named like a credential is left out, at any depth; what looks like one is too,
 * wherever it stands: AWS keys, session tokens, JWTs, Clerk keys, passwords in addresses.
 */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return withoutSecrets(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth >= MAX_DEPTH) return "[deeper]";
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secretName.test(key) && typeof item !== "number" && typeof item !== "boolean"
        ? CENSORED
        : redacted(item, depth + 1),
    ]),
  );
}

/** The text with what looks like a credential taken out. */
export function withoutSecrets(text: string): string {
  return secretShapes.reduce((rest, shape) => rest.replace(shape, CENSORED), text);
}

const CENSORED = "[redacted]";
const MAX_DEPTH = 6;

const secretName =
  /pass(word|wd)|secret|token|authorization|cookie|credential|external.?id$|access.?key|private.?key|api.?key|database_url/i;

const secretShapes = [
  /\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(sk|ak)_(live|test)_\w+/g,
  /\bBearer\s+[\w.~+/=-]{8,}/gi,
  /(?<=:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/g,
  /(?<=X-Amz-(Signature|Security-Token|Credential)=)[^&\s"]+/gi,
];
