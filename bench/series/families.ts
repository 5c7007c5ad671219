/** Pure: families of generated daily spend. The same seed always makes the same series. */
import { type Random, seeded } from "../../demo/aws/random";

/** A day as a generator sees it. */
interface Day {
  /** From the first day on. */
  at: number;
  weekday: number;
  dayOfMonth: number;
  isMonthEnd: boolean;
}

/** Draws what is particular to one series, then gives its amount of each day. */
type Family = (random: Random, days: number) => (day: Day) => number;

export const FIRST_DAY = "2025-09-01";
export const DAYS = 450;

/** The forecast was tuned on these. */
export const tuned: Record<string, Family> = {
  flat: (random) => {
    const { level, noise } = drawn(random);
    return () => level * noise();
  },
  growth: (random) => {
    const { level, noise } = drawn(random);
    const yearly = 0.3 + random.next() * 1.2;
    return ({ at }) => level * (1 + (yearly * at) / 365) * noise();
  },
  weekly: (random) => {
    const { level, noise } = drawn(random);
    const dip = 0.15 + random.next() * 0.5;
    return (day) => level * (isWeekend(day) ? 1 - dip : 1) * noise();
  },
  "month-end fee": (random) => {
    const { level, noise } = drawn(random);
    const fee = level * (3 + random.next() * 10);
    return (day) => level * (isWeekend(day) ? 0.8 : 1) * noise() + (day.isMonthEnd ? fee : 0);
  },
  credits: (random, days) => {
    const { level, noise } = drawn(random);
    const credit = level * (2 + random.next() * 6);
    const until = days * (0.5 + random.next());
    return ({ at, dayOfMonth }) => level * noise() - (dayOfMonth === 1 && at < until ? credit : 0);
  },
  "level shift": (random, days) => {
    const { level, noise } = drawn(random);
    const shifts = Array.from({ length: 3 }, () => ({ from: random.int(60, days), by: 0.5 + random.next() * 1.3 }));
    return ({ at }) => shifts.reduce((now, { from, by }) => (at >= from ? now * by : now), level) * noise();
  },
  spiky: (random) => {
    const { level, noise } = drawn(random);
    const chance = 0.02 + random.next() * 0.04;
    return () => level * noise() * (random.chance(chance) ? 2 + random.next() * 5 : 1);
  },
  intermittent: (random) => {
    const { level, noise } = drawn(random);
    const chance = 0.15 + random.next() * 0.4;
    return () => (random.chance(chance) ? level * noise() : 0);
  },
  "ramp down": (random, days) => {
    const { level, noise } = drawn(random);
    const from = random.int(200, 350);
    const rest = 0.1 + random.next() * 0.4;
    return ({ at }) =>
      level * (at < from ? 1 : Math.max(rest, 1 - ((1 - rest) * (at - from)) / (days - from))) * noise();
  },
};

/** No setting of the forecast was chosen by these. */
export const heldOut: Record<string, Family> = {
  "wandering level": (random) => {
    let level = drawn(random).level;
    return () => (level *= Math.exp(0.02 * normal(random))) * Math.exp(0.03 * normal(random));
  },
  "compound growth with weekends": (random) => {
    const { level, noise } = drawn(random);
    const monthly = 0.02 + random.next() * 0.08;
    return (day) => level * (1 + monthly) ** (day.at / 30) * (isWeekend(day) ? 0.7 : 1) * noise();
  },
  "support plan as a share of the month": (random) => {
    const { level, noise } = drawn(random);
    let month = 0;
    return ({ dayOfMonth, isMonthEnd, at }) => {
      if (dayOfMonth === 1) month = 0;
      const use = level * (1 + at / 900) * noise();
      month += use;
      return use + (isMonthEnd ? month * 0.1 : 0);
    };
  },
  "batch on two weekdays": (random) => {
    const { level, noise } = drawn(random);
    const first = random.int(0, 6);
    const batch = level * (1 + random.next() * 4);
    return ({ weekday }) => level * noise() + ([first, (first + 3) % 7].includes(weekday) ? batch * noise() : 0);
  },
  "season of the year": (random) => {
    const { level, noise } = drawn(random);
    const phase = random.next() * 2 * Math.PI;
    return (day) =>
      level * (1 + 0.35 * Math.sin(phase + (2 * Math.PI * day.at) / 365)) * (isWeekend(day) ? 0.9 : 1) * noise();
  },
  "projects that come and go": (random, days) => {
    const { level, noise } = drawn(random);
    const projects = Array.from({ length: 5 }, () => {
      const from = random.int(0, days);
      return { from, to: from + random.int(20, 90), cost: level * (0.1 + random.next() * 0.5) };
    });
    return ({ at }) =>
      (level + projects.reduce((sum, { from, to, cost }) => sum + (at >= from && at < to ? cost : 0), 0)) * noise();
  },
  "fee, credit, weekends and growth": (random) => {
    const { level, noise } = drawn(random);
    const fee = level * (2 + random.next() * 8);
    return (day) =>
      level * (1 + day.at / 700) * (isWeekend(day) ? 0.75 : 1) * noise() +
      (day.dayOfMonth === 1 ? fee : 0) -
      (day.dayOfMonth === 15 ? fee / 2 : 0);
  },
};

/** One series of a family, dollars a day from `FIRST_DAY` on. */
export function generate(family: Family, seed: number): number[] {
  const random = seeded(seed);
  const amountOf = family(random, DAYS);
  return Array.from({ length: DAYS }, (_, at) => {
    const date = new Date(Date.parse(FIRST_DAY) + at * 86_400_000);
    const tomorrow = new Date(date.getTime() + 86_400_000);
    return amountOf({
      at,
      weekday: date.getUTCDay(),
      dayOfMonth: date.getUTCDate(),
      isMonthEnd: tomorrow.getUTCDate() === 1,
    });
  });
}

/** A level between $3 and $3,000 a day and a noise of 2 to 12 %. */
function drawn(random: Random) {
  const level = 3 * 10 ** (random.next() * 3);
  const sigma = 0.02 + random.next() * 0.1;
  return { level, noise: () => Math.exp(sigma * normal(random)) };
}

/** Box and Muller's. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

const isWeekend = ({ weekday }: Day) => weekday === 0 || weekday === 6;
