import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amount, dollars, sum } from "./money";
import { partsOf, stack, sumBy } from "./parts";
import { addDays, bucketsOf, range } from "./range";

const first = "2026-10-20";
const rows = fc.array(
  fc.record({
    day: fc.integer({ min: 0, max: 20 }).map((at) => addDays(first, at)),
    service: fc.constantFrom("EC2", "S3", "RDS", "Lambda", "KMS", "ELB", "SQS", "SNS", "Tax"),
    amount: fc
      .bigInt({ min: -(10n ** 12n), max: 10n ** 14n })
      .map((units) => amount(units.toString()).div("10000000000").toString()),
  }),
  { maxLength: 80 },
);
const asked = range(first, addDays(first, 21));
const allRead = Array.from({ length: 21 }, (_, at) => ({
  day: addDays(first, at),
  isEstimated: at > 18,
  isWhole: true,
}));

describe("a stacked chart", () => {
  it.each(["DAILY", "MONTHLY"] as const)(
    "shows buckets that sum to the total and layers that sum to their bucket, %s",
    (granularity) =>
      fc.assert(
        fc.property(rows, (costs) => {
          const { series, layers } = stack(costs, bucketsOf(asked, granularity), allRead, "2026-11-24");
          expect(dollars(sum(series.map((bucket) => bucket.amount!)))).toBe(
            dollars(sum(costs.map((row) => row.amount))),
          );
          expect(layers.length).toBeLessThanOrEqual(7);
          series.forEach((bucket, at) => {
            if (layers.length > 0) expect(dollars(sum(layers.map(({ amounts }) => amounts[at]!)))).toBe(bucket.amount);
          });
        }),
      ),
  );

  it("tells a day that cost nothing from one that was not read", () => {
    const read = [{ day: "2026-10-20", isEstimated: false, isWhole: true }];
    const { series } = stack([], bucketsOf(range("2026-10-20", "2026-10-22"), "DAILY"), read, "2026-11-24");
    expect(series).toMatchObject([
      { amount: "0.00", unreadDays: 0 },
      { amount: null, unreadDays: 1 },
    ]);
  });

  it("says of a month that some of it is estimated or was not read", () => {
    const read = allRead.slice(0, 20);
    const { series } = stack([], bucketsOf(asked, "MONTHLY"), read, "2026-11-24");
    expect(series.map(({ isEstimated, unreadDays }) => [isEstimated, unreadDays])).toEqual([
      [false, 0],
      [true, 1],
    ]);
  });
});

describe("parts", () => {
  it("of a part sum to that part as it is shown, where its own cent went to another", () =>
    fc.assert(
      fc.property(rows, (costs) => {
        for (const part of partsOf(sumBy(costs, ({ service }) => service))) {
          const own = costs.filter(({ service }) => service === part.key);
          const nested = partsOf(
            sumBy(own, ({ day }) => day),
            { shown: part.amount },
          );
          expect(dollars(sum(nested.map((each) => each.amount)))).toBe(part.amount);
        }
      }),
    ));

  it("show no cent under a service that shows none", () => {
    const services = ["EC2", "RDS", "S3"].map((service) => [service, amount("0.006")] as const);
    expect(partsOf(new Map(services)).map((part) => part.amount)).toEqual(["0.01", "0.01", "0.00"]);
    expect(partsOf(new Map([["123456789012", amount("0.006")]]), { shown: "0.00" })).toMatchObject([
      { amount: "0.00", share: 100 },
    ]);
  });

  it("come dearest first, with a share of the total", () => {
    const parts = partsOf(
      new Map([
        ["S3", amount("25")],
        ["EC2", amount("75")],
      ]),
      { label: (key) => `Amazon ${key}` },
    );
    expect(parts).toEqual([
      { key: "EC2", label: "Amazon EC2", amount: "75.00", share: 75 },
      { key: "S3", label: "Amazon S3", amount: "25.00", share: 25 },
    ]);
  });
});
