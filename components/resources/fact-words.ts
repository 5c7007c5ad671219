/** Pure: the facts of a resource in words. Keys carry their units, as names in the API do. */

type FactValue = string | number | boolean | null | undefined;

export interface Fact {
  name: string;
  /** null where AWS gave nothing. */
  text: string | null;
  /** Set where the fact is a moment. */
  at: Date | null;
}

const units: Record<string, string> = { GiB: "GiB", MiBps: "MiB/s", MiB: "MiB", Mb: "MB", Seconds: "s" };
const upper = new Set(["id", "arn", "ip", "vpc", "az", "dns", "kms", "iops", "cpu", "url", "acl", "ebs", "tls", "ttl"]);

/** "sizeGiB", 20 → Size, "20 GiB"; "isEncrypted", true → Encrypted, "Yes"; "launchedAt" → Launched, a moment. */
export function readFact(key: string, value: FactValue): Fact {
  const text = textOf(value);
  if (text === null) return { name: words(bare(key)), text: null, at: null };
  if (key.endsWith("At") && !Number.isNaN(Date.parse(text)))
    return { name: words(key.slice(0, -2)), text, at: new Date(text) };
  if (key.endsWith("Bytes") && typeof value === "number")
    return { name: words(key.slice(0, -5)), text: bytes(value), at: null };
  const unit = unitOf(key);
  return { name: words(bare(key)), text: unit ? `${text} ${units[unit]}` : text, at: null };
}

// What tells one from another at a glance, in this order; the database keeps no order of its own.
const telling = [
  "instanceType instanceClass engine engineVersion runtime kind scheme volumeType storageType connectivityType",
  "sizeGiB storageGiB memoryMb billingMode itemCount memberCount publicIp privateIp driftStatus encryption description",
].flatMap((keys) => keys.split(" "));

/** All facts, the telling ones first, the others by name. */
export function readFacts(facts: Record<string, FactValue>): Fact[] {
  const rank = (key: string) => (telling.includes(key) ? telling.indexOf(key) : telling.length);
  const keys = Object.keys(facts).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  return keys.map((key) => readFact(key, facts[key]));
}

/** The telling facts on one line, for lists: at most three. */
export function factLine(facts: Record<string, FactValue>): string {
  const said = telling.flatMap((key) => {
    const { name, text } = readFact(key, facts[key]);
    if (text === null) return [];
    return [typeof facts[key] === "number" && !unitOf(key) ? `${name.toLowerCase()} ${text}` : text];
  });
  return said.slice(0, 3).join(" · ");
}

const unitOf = (key: string) => Object.keys(units).find((unit) => key.endsWith(unit));
const bare = (key: string) => withoutUnit(key.replace(/^(is|has)(?=[A-Z])/, ""));

function withoutUnit(key: string): string {
  const unit = unitOf(key);
  return unit ? key.slice(0, -unit.length) : key;
}

function textOf(value: FactValue): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return typeof value === "number" ? value.toLocaleString("en-US") : value;
}

/** "availabilityZone" → "Availability zone", "vpcId" → "VPC ID" */
function words(key: string): string {
  const parts = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").split(" ");
  const said = parts.map((part) => (upper.has(part.toLowerCase()) ? part.toUpperCase() : part.toLowerCase())).join(" ");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function bytes(value: number): string {
  const steps = ["bytes", "kB", "MB", "GB", "TB"];
  const step = Math.min(steps.length - 1, value < 1000 ? 0 : Math.floor(Math.log10(value) / 3));
  const amount = value / 1000 ** step;
  return `${amount.toLocaleString("en-US", { maximumFractionDigits: amount < 10 ? 1 : 0 })} ${steps[step]}`;
}
