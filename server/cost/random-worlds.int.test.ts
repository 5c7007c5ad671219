import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costHistory, UNITS_PER_DOLLAR, amountOf, type Charge, type CostSeries } from "../../demo/aws/costs";
import { sizedWorld, type World } from "../../demo/aws/world";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person } from "../../tests/harness/tenants";
import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { summaryInput } from "./input";
import { amount, dollars, sum } from "./money";
import { addDays, dayOf, daysBetween, historyStart, monthStart } from "./range";
import { refreshDueCosts } from "./refresh";
import { costSummary } from "./service";
import type { CostPart } from "./views";

/** The worlds that each of the three orders is tried with, every one of them, and the most that one may take. */
const WORLDS = 2;
const MOST_MS = 100_000;

let world = sizedWorld({ accounts: 1, resources: 0 });
useDatabase();
const aws = useSimulatedAws({ limits: "off", world: () => world });

const today = dayOf(new Date());
const firstDay = historyStart(new Date());
const DAYS = daysBetween(firstDay, today) + 1;
const SERVICES = ["AWS Lambda", "Amazon Elastic Compute Cloud - Compute", "AWS Marketplace", "Tax"];
const REGIONS = ["us-east-1", "eu-west-1", "NoRegion"];

interface Question {
  start: number;
  days: number;
  granularity: "DAILY" | "MONTHLY";
  metric: "unblended" | "amortized";
  /** Which of the world's accounts and services are asked for, one of each; all where null. */
  account: number | null;
  service: number | null;
}

const charge = (accounts: number) =>
  fc.record({
    account: fc.nat(accounts - 1),
    service: fc.constantFrom(...SERVICES),
    region: fc.constantFrom(...REGIONS),
    recordType: fc.constantFrom("RIFee", "Credit", "Refund", "Tax"),
    daysAgo: fc.nat(DAYS - 1),
    // To the tenth decimal, and also less than a cent.
    amount: fc.oneof(fc.bigInt(1n, 10_000n * UNITS_PER_DOLLAR), fc.bigInt(1n, UNITS_PER_DOLLAR / 100n)),
    days: fc.constantFrom(1, 30, 365),
  });

const question: fc.Arbitrary<Question> = fc.record({
  start: fc.nat(DAYS - 1),
  days: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 31 }), fc.integer({ min: 2, max: DAYS })),
  granularity: fc.constantFrom("DAILY", "MONTHLY"),
  metric: fc.constantFrom("unblended", "amortized"),
  account: fc.option(fc.nat(20), { freq: 1 }),
  service: fc.option(fc.nat(20), { freq: 1 }),
});

// Without fast-check's bias to the least: one account alone has nothing to be counted twice.
const trial = fc.noBias(fc.integer({ min: 2, max: 3 })).chain((accounts) =>
  fc.record({
    seed: fc.nat(1_000_000),
    accounts: fc.constant(accounts),
    regions: fc.integer({ min: 1, max: 2 }),
    resources: fc.integer({ min: 0, max: 60 }),
    payer: fc.nat(accounts - 1),
    /** In the order in which they are connected; where the payer is among them, its place is the test's. */
    connected: fc.shuffledSubarray([...Array(accounts).keys()], { minLength: 2 }),
    charges: fc.array(charge(accounts), { maxLength: 12 }),
    /** Told a day later, of days that were read already. */
    lateCharges: fc.array(charge(accounts), { maxLength: 3 }),
    questions: fc.array(question, { minLength: 6, maxLength: 6 }),
  }),
);
type Trial = typeof trial extends fc.Arbitrary<infer T> ? T : never;

describe("on any world", () => {
  it.each(["last, so that its members have told of themselves", "first", "never"])(
    "every figure is what the world itself sums, to the cent, each linked account once: its payer is connected %s",
    async (payerComes) => {
      let tried = 0;
      await fc.assert(
        fc.asyncProperty(trial, (each) => tryOut(each, payerComes, person(`user ${payerComes} ${tried++}`))),
        // A world takes seconds: the first that fails is shown as it is.
        { numRuns: WORLDS, endOnFailure: true },
      );
      expect(tried).toBe(WORLDS);
    },
    WORLDS * MOST_MS,
  );
});

async function tryOut(each: Trial, payerComes: string, ctx: RoomContext): Promise<void> {
  world = worldOf(each);
  await aws.reset();
  const ids = [...world.accounts.keys()];
  const members = each.connected.map((at) => ids[at]!).filter((id) => id !== world.payer);
  const connected =
    payerComes === "never" ? members : payerComes === "first" ? [world.payer, ...members] : [...members, world.payer];
  for (const id of connected) {
    await connect(ctx, aws, id);
    await workCosts();
  }
  // A payer tells of all; a member of itself.
  const known = connected.includes(world.payer) ? ids : members;
  for (const asked of each.questions) await compare(ctx, known, asked);

  // A day passes: the last two days are restated, and AWS bills what it had not known.
  world.charges!.push(
    ...each.lateCharges.map((late) => chargeOf(late, ids, daysBetween(monthStart(today, -1), today))),
  );
  world.daysPassed += 1;
  await forTenant(ctx.tenantId, (tx) => tx.costRefresh.updateMany({ data: { dueAt: new Date(0) } }));
  await workCosts();
  for (const asked of each.questions) await compare(ctx, known, inLastMonths(asked));
}

function worldOf({ seed, accounts, regions, resources, payer, charges }: Trial): World {
  const made = sizedWorld({ seed, accounts, regions, resources: resources * accounts });
  const ids = [...made.accounts.keys()];
  return {
    ...made,
    today: new Date(today),
    payer: ids[payer]!,
    charges: charges.map((each) => chargeOf(each, ids, DAYS)),
  };
}

/** Within the last `days` days. */
function chargeOf(
  { account, daysAgo, amount, ...more }: Trial["charges"][number],
  ids: string[],
  days: number,
): Charge {
  const isGivenBack = more.recordType === "Credit" || more.recordType === "Refund";
  const day = addDays(today, -(daysAgo % days));
  return { ...more, account: ids[account]!, day, amount: isGivenBack ? -amount : amount };
}

/** What is older than last month is not read again, and a world that moves on forgets its first month. */
function inLastMonths(asked: Question): Question {
  const from = daysBetween(firstDay, monthStart(today, -1));
  return { ...asked, start: from + (asked.start % (DAYS - from)) };
}

async function workCosts(): Promise<void> {
  await refreshDueCosts({ deadline: performance.now() + 100_000, signal: new AbortController().signal });
}

/** One question to the product, and to the world. */
async function compare(ctx: RoomContext, known: string[], { metric, granularity, ...asked }: Question): Promise<void> {
  const { series, firstDay: first } = costHistory(world);
  const start = addDays(firstDay, asked.start);
  const end = addDays(firstDay, Math.min(DAYS, asked.start + asked.days));
  const amountsOf = (of: CostSeries) =>
    (metric === "amortized" ? of.amortized : of.daily).map((units, at) => ({ day: addDays(dayOf(first), at), units }));

  const told = series.filter(({ account }) => known.includes(account));
  const services = [...new Set(told.map(({ service }) => service))].sort();
  const chosen = {
    accountIds: asked.account === null ? undefined : [known[asked.account % known.length]!],
    services: asked.service === null || !services.length ? undefined : [services[asked.service % services.length]!],
  };
  const meant = told.filter(
    ({ account, service }) =>
      (chosen.accountIds?.includes(account) ?? true) && (chosen.services?.includes(service) ?? true),
  );
  const due = (of: (series: CostSeries, day: string) => string, from = start, until = end) => {
    const sums = new Map<string, bigint>();
    for (const each of meant)
      for (const { day, units } of amountsOf(each))
        if (day >= from && day < until) sums.set(of(each, day), (sums.get(of(each, day)) ?? 0n) + units);
    return sums;
  };
  const total = (from = start, until = end) => dollars(amountOf(due(() => "", from, until).get("") ?? 0n));

  const summary = await costSummary(ctx, summaryInput.parse({ start, end, granularity, metric, ...chosen }));
  expect(summary.total).toBe(total());
  expectParts(
    summary.services,
    due(({ service }) => service),
    summary.total!,
  );
  for (const service of summary.services) {
    expectNested(service, service.accounts);
    if (summary.regions) expectNested(service, service.regions!);
  }
  expectParts(
    summary.accounts,
    due(({ account }) => account),
    summary.total!,
  );
  if (summary.regions)
    expectParts(
      summary.regions,
      due(({ region }) => region),
      summary.total!,
    );
  else expect(chosen.accountIds && chosen.services).toBeDefined();

  const buckets = summary.series.map((bucket) => ({ key: bucket.start, amount: bucket.amount! }));
  const bucketOf = (day: string) => summary.series.findLast((bucket) => bucket.start <= day)!.start;
  expectParts(
    buckets,
    due((_, day) => bucketOf(day)),
    summary.total!,
  );
  expect(summary.series[0]!.start).toBe(start);
  expect(summary.series.at(-1)!.end).toBe(end);
}

/** What stands under a service sums to what stands beside it. */
function expectNested(service: CostPart, parts: CostPart[]): void {
  expect(dollars(sum(parts.map((part) => part.amount))), `${service.key}: ${JSON.stringify(parts)}`).toBe(
    service.amount,
  );
}

/** Displayed parts sum to the displayed total, so that one may be a part of a cent off its own amount. */
function expectParts(parts: Pick<CostPart, "key" | "amount">[], due: Map<string, bigint>, total: string): void {
  expect(dollars(sum(parts.map((part) => part.amount)))).toBe(total);
  const shown = new Map(parts.map((part) => [part.key, part.amount]));
  expect(shown.size).toBe(parts.length);
  for (const key of new Set([...shown.keys(), ...due.keys()])) {
    const off = amount(shown.get(key) ?? "0").minus(amountOf(due.get(key) ?? 0n));
    expect(off.abs().lt("0.01"), `${key}: ${shown.get(key)} for ${amountOf(due.get(key) ?? 0n)}`).toBe(true);
  }
}
