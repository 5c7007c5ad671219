/** Pure: one colour for a service, wherever it is drawn. */

/** As many as `--series-1` and on in globals.css. */
const SLOTS = 10;

/** Large in most bills: each has a colour of its own. The others share by name. */
const usual = [
  "Amazon Elastic Compute Cloud - Compute",
  "Amazon Relational Database Service",
  "Amazon Simple Storage Service",
  "AWS Lambda",
  "EC2 - Other",
  "Amazon DynamoDB",
  "AmazonCloudWatch",
  "Amazon Elastic Load Balancing",
  "Amazon CloudFront",
  "Amazon SageMaker",
];

/** A CSS colour for each of the services that are drawn together; two that would share one are told apart. */
export function seriesColors(services: readonly string[]): Map<string, string> {
  const colors = new Map<string, string>();
  const taken = new Set<number>();
  // Who has a colour of their own takes it first, so that no newcomer can.
  const sorted = [...services].sort((a, b) => Number(usual.includes(b)) - Number(usual.includes(a)));
  for (const service of sorted) {
    let slot = slotOf(service);
    while (taken.has(slot) && taken.size < SLOTS) slot = (slot + 1) % SLOTS;
    taken.add(slot);
    colors.set(service, `var(--series-${slot + 1})`);
  }
  return colors;
}

function slotOf(service: string): number {
  const own = usual.indexOf(service);
  if (own >= 0) return own;
  let hash = 0;
  for (const letter of service) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return hash % SLOTS;
}
