import { seeded } from "./random";
import type { SimulatedAccount, World } from "./world";

/** Amounts are whole numbers of 10⁻¹⁰ dollars: Cost Explorer's ten decimals, without a float's rounding. */
export const UNITS_PER_DOLLAR = 10_000_000_000n;

/** What one account spends on one service in one region. */
export interface CostSeries {
  account: string;
  service: string;
  region: string;
  recordType: "Usage" | Charge["recordType"];
  /** What is billed, by day, from the history's first. */
  daily: bigint[];
  /** The same with fees spread over the days that they are for. */
  amortized: bigint[];
}

/** What one day was billed for besides usage. */
export interface Charge {
  account: string;
  service: string;
  region: string;
  recordType: "RIFee" | "Credit" | "Refund" | "Tax";
  /** `2026-11-24` */
  day: string;
  /** Negative for what AWS gives back. */
  amount: bigint;
  /** How many days it is for, from its own on; amortized cost is spread over them. */
  days: number;
}

export interface CostHistory {
  firstDay: Date;
  days: number;
  series: CostSeries[];
}

const DAY_MS = 86_400_000;
const START = Date.UTC(2025, 0, 1);

/** How much of a day Cost Explorer knows while it runs, and the day after; then it is settled. In percent. */
const KNOWN_SO_FAR = [60n, 96n];

/** Dollars a day for every 55 resources, and how much of them the weekend takes away. */
const services: [service: string, dollarsADay: number, weekendDip: number][] = [
  ["Amazon Elastic Compute Cloud - Compute", 96, 0.25],
  ["EC2 - Other", 31, 0.1],
  ["Amazon Relational Database Service", 54, 0.05],
  ["Amazon Simple Storage Service", 17, 0],
  ["AWS Lambda", 6.5, 0.35],
  ["Amazon DynamoDB", 9, 0.3],
  ["Amazon Elastic Load Balancing", 7, 0.05],
  ["AmazonCloudWatch", 8, 0.1],
  ["Amazon Virtual Private Cloud", 5, 0],
  ["AWS Key Management Service", 0.4, 0],
  ["AWS Cost Explorer", 0.02, 0],
];

/**
 * Fourteen months of daily cost of every account, as Cost Explorer tells it on the world's day: its last two days are
 * estimated, and restated upwards when a day has passed.
 */
export function costHistory(world: World): CostHistory {
  const { today, daysPassed, payer } = world;
  const lastDay = today.getTime() + daysPassed * DAY_MS;
  const last = new Date(lastDay);
  const firstDay = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - 14, 1));
  const days = Math.round((lastDay - firstDay.getTime()) / DAY_MS) + 1;
  const span = { firstDay, days, anchor: today.getTime() };
  const usage = [...world.accounts.values()].flatMap((account, at) => usageOf(account, world.seed * 7919 + at, span));
  const charged = (world.charges ?? []).map((charge) => chargeOf(charge, span));
  const series = [...usage, reservedInstances(payer, span), credits(payer, span), ...charged];
  return { firstDay, days, series: series.map((each) => ({ ...each, ...soFar(each) })) };
}

interface Span {
  firstDay: Date;
  days: number;
  /** The day that what happens "three weeks ago" counts from, in epoch milliseconds. */
  anchor: number;
}

type Settled = Omit<CostSeries, "amortized"> & { amortized?: bigint[] };

function soFar({ daily, amortized = daily }: Settled) {
  const known = (amounts: bigint[]) =>
    amounts.map((amount, day) => (amount * (KNOWN_SO_FAR[amounts.length - 1 - day] ?? 100n)) / 100n);
  return { daily: known(daily), amortized: known(amortized) };
}

function usageOf(account: SimulatedAccount, seed: number, { firstDay, days, anchor }: Span): Settled[] {
  const series: Settled[] = [];
  [...account.regions].forEach(([region, place], regionAt) => {
    const size = place.instances.length + place.volumes.length + place.functions.length + place.dbInstances.length;
    if (size === 0) return;
    services.forEach(([service, dollarsADay, weekendDip], serviceAt) => {
      const seedOfSeries = (seed * 101 + regionAt) * 101 + serviceAt;
      const yearlyGrowth = 0.1 + seeded(seedOfSeries).next() * 0.5;
      const isRunaway = account.id === "123456789012" && region === "us-east-1" && service === "AmazonCloudWatch";
      const daily = Array.from({ length: days }, (_, at) => {
        const date = firstDay.getTime() + at * DAY_MS;
        // Drawn by the date, so that a day costs the same from wherever the history begins.
        const day = Math.round((date - START) / DAY_MS);
        const noise = 0.95 + seeded(seedOfSeries * 31 + day).next() * 0.1;
        const steady = ((dollarsADay * size) / 55) * (1 + (yearlyGrowth * day) / 365) * noise;
        const isWeekend = [0, 6].includes(new Date(date).getUTCDay());
        return units(steady * (isWeekend ? 1 - weekendDip : 1) * (isRunaway ? runaway((anchor - date) / DAY_MS) : 1));
      });
      series.push({ account: account.id, service, region, recordType: "Usage", daily });
    });
  });
  return series;
}

/** Somebody left debug logging on three weeks ago: the one thing that a look at the trend must find. */
function runaway(daysAgo: number): number {
  return daysAgo < 21 ? 1 + (21 - daysAgo) * 0.55 : 1;
}

const RESERVED_A_MONTH = 12_405_000_000_001n;

/** Billed at once on the last day of every month, and for every day of it. */
function reservedInstances(account: string, { firstDay, days }: Span): Settled {
  const dates = Array.from({ length: days }, (_, day) => new Date(firstDay.getTime() + day * DAY_MS));
  const daysInMonth = (date: Date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const daily = dates.map((date) => (date.getUTCDate() === daysInMonth(date) ? RESERVED_A_MONTH : 0n));
  // Up to and with a day less up to the day before: what is shared sums to the fee, to the last decimal.
  const upTo = (day: number, of: number) => (RESERVED_A_MONTH * BigInt(day)) / BigInt(of);
  const amortized = dates.map((date) => {
    const of = daysInMonth(date);
    return upTo(date.getUTCDate(), of) - upTo(date.getUTCDate() - 1, of);
  });
  const service = "Amazon Elastic Compute Cloud - Compute";
  return { account, service, region: "us-east-1", recordType: "RIFee", daily, amortized };
}

/** On the first of every month, until they ran out half a year ago. */
function credits(account: string, { firstDay, days, anchor }: Span): Settled {
  const daily = Array.from({ length: days }, (_, at) => {
    const date = firstDay.getTime() + at * DAY_MS;
    return new Date(date).getUTCDate() === 1 && anchor - date > 180 * DAY_MS ? units(-850) : 0n;
  });
  return { account, service: "AWS Support (Business)", region: "NoRegion", recordType: "Credit", daily };
}

function chargeOf({ day, amount, days: over, ...charge }: Charge, { firstDay, days }: Span): Settled {
  const at = Math.round((Date.parse(day) - firstDay.getTime()) / DAY_MS);
  const upTo = (count: number) => (amount * BigInt(Math.min(over, Math.max(0, count)))) / BigInt(over);
  const each = (of: (index: number) => bigint) => Array.from({ length: days }, (_, index) => of(index));
  return {
    ...charge,
    daily: each((index) => (index === at ? amount : 0n)),
    amortized: each((index) => upTo(index - at + 1) - upTo(index - at)),
  };
}

/** A float is good for millionths; the decimals beyond are made up of the amount itself, so that all ten are in use. */
function units(dollars: number): bigint {
  return BigInt(Math.round(dollars * 1e6)) * 10_000n + BigInt(Math.abs(Math.round(dollars * 7_919)) % 10_000);
}

/** `12.3400000000`, as Cost Explorer writes it. */
export function amountOf(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(11, "0");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -10)}.${digits.slice(-10)}`;
}
