import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costTruth } from "../../demo/aws/cost-truth";
import { costHistory } from "../../demo/aws/costs";
import { costByPeriod } from "../../demo/aws/services/cost-by-period";
import { sizedWorld } from "../../demo/aws/world";
import { toBody } from "../aws/cost-explorer";
import { amount, sum } from "./money";
import { groupBy } from "./parts";
import {
  advance,
  beginRefresh,
  entriesOf,
  groupings,
  isTooOld,
  monthsOf,
  purposeOf,
  shorterHistory,
  type Grouping,
} from "./refresh-plan";

const now = new Date("2026-11-24T06:10:00Z");

describe("a refresh", () => {
  it("reads all that there is at first, then from the first of the month before", () => {
    expect(beginRefresh(null, now)).toMatchObject({ start: "2025-09-01", end: "2026-11-25" });
    expect(beginRefresh(new Date("2026-11-23T18:10:00Z"), now)).toMatchObject({ start: "2026-10-01" });
    expect(beginRefresh(new Date("2026-08-23T18:10:00Z"), now)).toMatchObject({ start: "2026-07-01" });
    expect(beginRefresh(new Date("2024-01-01T00:00:00Z"), now)).toMatchObject({ start: "2025-09-01" });
  });

  it("goes page by page and step by step", () => {
    let progress = beginRefresh(null, now);
    const walked = [];
    for (const token of ["a", null, null, null, null]) {
      walked.push(`${progress.step} ${progress.page} ${progress.token}`);
      progress = advance(progress, token);
    }
    expect(walked).toEqual([
      "SERVICE_ACCOUNT 0 null",
      "SERVICE_ACCOUNT 1 a",
      "SERVICE_REGION 0 null",
      "ACCOUNT_REGION 0 null",
      "FORECAST 0 null",
    ]);
    expect(progress).toMatchObject({ step: "WRITE", pagesRead: 5 });
    expect(purposeOf({ ...beginRefresh(null, now), page: 1 })).toBe(
      "Daily costs by service and account, 450 days from 2025-09-01, page 2",
    );
  });

  it("asks for a month less, twice, where AWS refuses so old a start, and for nothing else", () => {
    const refused = {
      kind: "invalid",
      code: "ValidationException",
      message: "",
      action: null,
      awsRequestId: null,
    } as const;
    const first = beginRefresh(null, now);
    const second = shorterHistory(first, refused)!;
    const third = shorterHistory(second, refused)!;
    expect([second, third]).toEqual([
      { ...first, start: "2025-10-01" },
      { ...first, start: "2025-11-01" },
    ]);
    expect(shorterHistory(third, refused)).toBeNull();
    expect(shorterHistory(first, { ...refused, code: "DataUnavailableException" })).toBeNull();
    expect(shorterHistory(first, { ...refused, kind: "denied" })).toBeNull();
    expect(shorterHistory(advance(first, "a"), refused)).toBeNull();
    expect(shorterHistory(beginRefresh(now, now), refused)).toBeNull();
  });

  it("begins anew where it was left for hours", () => {
    const progress = beginRefresh(null, now);
    expect(isTooOld(progress, new Date("2026-11-24T07:00:00Z"))).toBe(false);
    expect(isTooOld(progress, new Date("2026-11-24T18:00:00Z"))).toBe(true);
  });

  it("writes whole calendar months", () => {
    expect(monthsOf({ start: "2026-09-01", end: "2026-11-25" })).toEqual([
      { start: "2026-09-01", end: "2026-10-01" },
      { start: "2026-10-01", end: "2026-11-01" },
      { start: "2026-11-01", end: "2026-11-25" },
    ]);
  });
});

describe("what is read of a random world", () => {
  it("sums to the world's own figures, day by day and account by account, in every grouping and both metrics", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 4 }), (seed, accounts) => {
        const world = sizedWorld({ seed, accounts, regions: 3, resources: 40 * accounts });
        const history = costHistory(world);
        const truth = costTruth(world).accounts;
        const read = (grouping: Grouping) => {
          const GroupBy = groupings[grouping].map((Key) => ({ Type: "DIMENSION" as const, Key }));
          const TimePeriod = { Start: "2026-09-20", End: "2026-11-25" };
          const Metrics = ["UnblendedCost", "AmortizedCost"];
          const ResultsByTime = costByPeriod(
            history,
            { TimePeriod, Granularity: "DAILY", GroupBy, Metrics },
            world.today,
          );
          return entriesOf(grouping, toBody({ ResultsByTime }), world.payer);
        };
        for (const grouping of ["SERVICE_ACCOUNT", "ACCOUNT_REGION"] as const)
          for (const [key, entries] of groupBy(read(grouping), ({ date, awsAccountId }) => `${awsAccountId} ${date}`)) {
            const [account, day] = key.split(" ");
            const [unblended, amortized] = truth[account!]![day!]!;
            expect(sum(entries.map((entry) => entry.amount)).equals(unblended)).toBe(true);
            expect(sum(entries.map((entry) => entry.amortized)).equals(amortized)).toBe(true);
          }
        const total = (grouping: Grouping) => sum(read(grouping).map((entry) => entry.amount)).toString();
        expect(total("SERVICE_REGION")).toBe(total("SERVICE_ACCOUNT"));
        expect(amount(total("SERVICE_REGION")).isZero()).toBe(false);
      }),
      { numRuns: 15 },
    ));
});
