/** Pure: the facts of a resource in words. */

const upper = new Set([
  "id",
  "arn",
  "ip",
  "vpc",
  "az",
  "dns",
  "kms",
  "iops",
  "cpu",
  "url",
  "acl",
  "mb",
  "gb",
  "gib",
  "mib",
  "ebs",
  "tls",
  "ttl",
]);

/** "instanceType" → "Instance type", "vpcId" → "VPC ID", "sizeGb" → "Size GB" */
export function factName(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").split(/[\s_-]+/);
  const said = words.map((word) => (upper.has(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase())).join(" ");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** A fact's value; null where AWS gave none. */
export function factText(value: string | number | boolean | null | undefined): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return typeof value === "number" ? value.toLocaleString("en-US") : value;
}

/** The first few facts on one line, for lists. */
export function factLine(facts: Record<string, string | number | boolean | null>): string {
  const said = Object.entries(facts).flatMap(([key, value]) => {
    if (typeof value === "boolean") return value ? [factName(key).toLowerCase()] : [];
    const text = factText(value);
    return text === null ? [] : [typeof value === "number" ? `${factName(key)} ${text}` : text];
  });
  return said.slice(0, 3).join(" · ");
}
