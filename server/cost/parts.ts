/** Pure: a total taken apart by service, account, region and time, such that what is shown always sums. */
import { amount, apportion, shares, sum, type Amount } from "./money";
import type { CostBucket, CostLayer, CostPart } from "./views";

/** At most so many services have a colour of their own in the chart. */
const LAYERS = 6;

interface Display {
  /** The key itself unless told. */
  label?: (key: string) => string;
  /** What the total is shown as already; its rounded sum unless told. */
  shown?: string;
}

/** The parts of a total, the dearest first. Displayed amounts sum to the displayed total, shares to 100. */
export function partsOf(
  amounts: ReadonlyMap<string, Amount>,
  { label = (key) => key, shown: total }: Display = {},
): CostPart[] {
  const sorted = [...amounts].sort(([a, x], [b, y]) => y.comparedTo(x) || a.localeCompare(b));
  const exact = sorted.map(([, each]) => each);
  const shown = apportion(exact, total);
  const percent = shares(exact);
  return sorted.map(([key], at) => ({ key, label: label(key), amount: shown[at]!, share: percent[at]! }));
}

/** Rows summed by what `key` says of them. */
export function sumBy<R extends { amount: string }>(rows: Iterable<R>, key: (row: R) => string): Map<string, Amount> {
  const sums = new Map<string, Amount>();
  for (const row of rows) {
    const name = key(row);
    sums.set(name, (sums.get(name) ?? amount("0")).plus(row.amount));
  }
  return sums;
}

/** Rows by what `key` says of them. */
export function groupBy<R>(rows: Iterable<R>, key: (row: R) => string): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

interface DayRow {
  day: string;
  service: string;
  amount: string;
}

export interface ReadDay {
  day: string;
  isEstimated: boolean;
  isWhole: boolean;
}

/**
 * A range's buckets with what each cost, and the same stacked by service: buckets sum to the total, layers to their
 * bucket. A bucket of which no day was read has no amount; `today` counts neither as read nor as missing.
 */
export function stack(
  rows: readonly DayRow[],
  buckets: readonly { start: string; end: string }[],
  readDays: readonly ReadDay[],
  today: string,
): { series: CostBucket[]; layers: CostLayer[] } {
  const services = sumBy(rows, ({ service }) => service);
  const named = [...services]
    .sort(([a, x], [b, y]) => y.abs().comparedTo(x.abs()) || a.localeCompare(b))
    .slice(0, LAYERS)
    .map(([service]) => service);
  const keys = services.size > named.length ? [...named, null] : named;

  const bucketOf = new Map(
    buckets.flatMap(({ start, end }) => daysFrom(start, end).map((day) => [day, start] as const)),
  );
  const byBucket = groupBy(rows, ({ day }) => bucketOf.get(day) ?? "");
  const readIn = groupBy(readDays, ({ day }) => bucketOf.get(day) ?? "");
  const filled = buckets.map(({ start, end }) => {
    const sums = sumBy(byBucket.get(start) ?? [], ({ service }) => (named.includes(service) ? service : ""));
    return { start, end, read: readIn.get(start) ?? [], cells: keys.map((key) => sums.get(key ?? "") ?? amount("0")) };
  });
  const shown = apportion(filled.map(({ cells }) => sum(cells)));
  const series = filled.map(({ start, end, read }, at): CostBucket => {
    const whole = new Set(read.filter(({ isWhole }) => isWhole).map(({ day }) => day));
    return {
      start,
      end,
      amount: read.length > 0 ? shown[at]! : null,
      isEstimated: read.some(({ isEstimated }) => isEstimated),
      unreadDays: daysFrom(start, end).filter((day) => day < today && !whole.has(day)).length,
    };
  });
  const columns = filled.map(({ read, cells }, at) => (read.length > 0 ? apportion(cells, shown[at]!) : null));
  const layers = keys.map((key, row) => ({
    key: key ?? "other",
    label: key ?? "Other services",
    isOther: key === null,
    amounts: columns.map((column) => column?.[row] ?? null),
  }));
  return { series, layers };
}

function daysFrom(start: string, end: string): string[] {
  const days = [];
  for (let at = Date.parse(start); at < Date.parse(end); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
