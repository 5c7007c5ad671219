import { type Random, seeded } from "./random";
import type { SimulatedAccount, World } from "./world";

/** Amounts are whole numbers of 10⁻¹⁰ dollars: Cost Explorer's ten decimals, without a float's rounding. */
export const UNITS_PER_DOLLAR = 10_000_000_000n;

/** What one account spends on one service in one region. */
export interface CostSeries {
  account: string;
  service: string;
  region: string;
  recordType: "Usage" | "RIFee" | "Credit";
  /** By day, from the history's first. */
  daily: bigint[];
}

export interface CostHistory {
  firstDay: Date;
  days: number;
  series: CostSeries[];
}

const DAY_MS = 86_400_000;

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

/** Fourteen months of daily cost of every account, up to and with the world's own day. */
export function costHistory(world: World): CostHistory {
  const { today, payer } = world;
  const firstDay = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 14, 1));
  const days = Math.round((today.getTime() - firstDay.getTime()) / DAY_MS) + 1;
  const span = { firstDay, days };
  const usage = [...world.accounts.values()].flatMap((account, at) =>
    usageOf(account, seeded(world.seed * 7919 + at), span),
  );
  return { ...span, series: [...usage, reservedInstances(payer, span), credits(payer, span)] };
}

interface Span {
  firstDay: Date;
  days: number;
}

function usageOf(account: SimulatedAccount, random: Random, { firstDay, days }: Span): CostSeries[] {
  const firstWeekday = firstDay.getUTCDay();
  const series: CostSeries[] = [];
  for (const [region, place] of account.regions) {
    const size = place.instances.length + place.volumes.length + place.functions.length + place.dbInstances.length;
    if (size === 0) continue;
    for (const [service, dollarsADay, weekendDip] of services) {
      const yearlyGrowth = 0.1 + random.next() * 0.5;
      const isRunaway = account.id === "123456789012" && region === "us-east-1" && service === "AmazonCloudWatch";
      const daily = Array.from({ length: days }, (_, day) => {
        const isWeekend = [0, 6].includes((firstWeekday + day) % 7);
        const noise = 0.95 + random.next() * 0.1;
        const steady = ((dollarsADay * size) / 55) * (1 + (yearlyGrowth * day) / 365) * noise;
        return units(steady * (isWeekend ? 1 - weekendDip : 1) * (isRunaway ? runaway(days - 1 - day) : 1));
      });
      series.push({ account: account.id, service, region, recordType: "Usage", daily });
    }
  }
  return series;
}

/** Somebody left debug logging on three weeks ago: the one thing that a look at the trend must find. */
function runaway(daysAgo: number): number {
  return daysAgo < 21 ? 1 + (21 - daysAgo) * 0.55 : 1;
}

/** Billed at once on the last day of every month. */
function reservedInstances(account: string, { firstDay, days }: Span): CostSeries {
  const isMonthEnd = (day: number) => new Date(firstDay.getTime() + (day + 1) * DAY_MS).getUTCDate() === 1;
  const daily = Array.from({ length: days }, (_, day) => (isMonthEnd(day) ? units(1_240.5) : 0n));
  const service = "Amazon Elastic Compute Cloud - Compute";
  return { account, service, region: "us-east-1", recordType: "RIFee", daily };
}

/** On the first of every month, until they ran out half a year ago. */
function credits(account: string, { firstDay, days }: Span): CostSeries {
  const isFirst = (day: number) => new Date(firstDay.getTime() + day * DAY_MS).getUTCDate() === 1;
  const daily = Array.from({ length: days }, (_, day) => (isFirst(day) && days - day > 180 ? units(-850) : 0n));
  return { account, service: "AWS Support (Business)", region: "NoRegion", recordType: "Credit", daily };
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
