/** The value, where AWS's model says optional and its documentation says always there. Throws where it is not. */
export function required<T>(value: T | null | undefined): T {
  if (value === null || value === undefined)
    throw new TypeError("AWS left out a field that it documents as always there");
  return value;
}

/** Tags as a map; AWS lists them in no order. */
export function tagsOf(tags: { Key?: string; Value?: string }[] | undefined): Record<string, string> {
  const pairs = (tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value] as const);
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A copy in the order of `key`, so that two syncs compare equal where AWS's own order is chance. */
export function sortedBy<T>(items: T[] | undefined, key: (item: T) => string | undefined): T[] | undefined {
  return items && [...items].sort((a, b) => ((key(a) ?? "") < (key(b) ?? "") ? -1 : 1));
}

/**
 * The description without members whose name says that they hold a secret. `HttpTokens` stays: it is a setting. A
 * collector drops by name what it knows of; this is the net below it.
 */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => member !== undefined && !secretName.test(key))
      .map(([key, member]) => [key, withoutSecrets(member)]),
  );
}

const secretName = /password|secret|user_?data|(access|private)_?key|credential|token$/i;
