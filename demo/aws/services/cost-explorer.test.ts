import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  GetDimensionValuesCommand,
  type Expression,
  type GetCostAndUsageCommandInput,
} from "@aws-sdk/client-cost-explorer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { costHistory, type CostHistory } from "../costs";
import { demoWorld } from "../world";
import { serveWorld } from "./serve-world";

const world = demoWorld(1, new Date("2026-11-24T15:00:00Z"));
let aws: Awaited<ReturnType<typeof serveWorld>>;
beforeAll(async () => void (aws = await serveWorld(() => world)));
afterAll(() => aws.close());

const client = (account: string) => new CostExplorerClient(aws.client(account, "us-east-1"));
const october = { TimePeriod: { Start: "2026-10-01", End: "2026-11-01" }, Metrics: ["UnblendedCost"] };
const ask = (input: Partial<GetCostAndUsageCommandInput>) =>
  client("100000000001").send(new GetCostAndUsageCommand({ ...october, Granularity: "DAILY", ...input }));
const units = (amount: string | undefined) => BigInt((amount ?? "").replace(".", ""));

describe("Cost Explorer", () => {
  it("adds up to the same month by day, by service and by account, to the tenth decimal", async () => {
    const payer = client("100000000001");
    const month = await payer.send(new GetCostAndUsageCommand({ ...october, Granularity: "MONTHLY" }));
    const daily = await payer.send(new GetCostAndUsageCommand({ ...october, Granularity: "DAILY" }));
    const grouped = async (Key: string) => {
      const GroupBy = [{ Type: "DIMENSION" as const, Key }];
      const { ResultsByTime } = await payer.send(
        new GetCostAndUsageCommand({ ...october, Granularity: "MONTHLY", GroupBy }),
      );
      return ResultsByTime![0]!.Groups!.map(({ Metrics }) => units(Metrics!.UnblendedCost!.Amount));
    };
    const sum = (amounts: bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
    const total = month.ResultsByTime![0]!.Total!.UnblendedCost!.Amount!;
    expect(total).toMatch(/^\d+\.\d{10}$/);
    expect(daily.ResultsByTime).toHaveLength(31);
    expect(sum(daily.ResultsByTime!.map(({ Total }) => units(Total!.UnblendedCost!.Amount)))).toBe(units(total));
    expect(sum(await grouped("SERVICE"))).toBe(units(total));
    expect(sum(await grouped("LINKED_ACCOUNT"))).toBe(units(total));
    expect(await grouped("LINKED_ACCOUNT")).toHaveLength(5);
  });

  it("shows a member itself alone, and a new account nothing yet", async () => {
    const GroupBy = [{ Type: "DIMENSION" as const, Key: "LINKED_ACCOUNT" }];
    const question = new GetCostAndUsageCommand({ ...october, Granularity: "MONTHLY", GroupBy });
    const { ResultsByTime } = await client("200000000002").send(question);
    expect(ResultsByTime![0]!.Groups!.map(({ Keys }) => Keys)).toEqual([["200000000002"]]);
    await expect(client("400000000004").send(question)).rejects.toMatchObject({ name: "DataUnavailableException" });
  });

  it("pages, calls the last two days estimated, and has fourteen months and no more", async () => {
    const asked = { Granularity: "DAILY" as const, Metrics: ["UnblendedCost"] };
    const TimePeriod = { Start: "2025-09-01", End: "2026-11-25" };
    const estimated: string[] = [];
    let [days, NextPageToken]: [number, string | undefined] = [0, undefined];
    do {
      const page: {
        ResultsByTime?: { Estimated?: boolean; TimePeriod?: { Start?: string } }[];
        NextPageToken?: string;
      } = await client("100000000001").send(new GetCostAndUsageCommand({ ...asked, TimePeriod, NextPageToken }));
      days += page.ResultsByTime!.length;
      for (const { Estimated, TimePeriod: period } of page.ResultsByTime!)
        if (Estimated) estimated.push(period!.Start!);
      NextPageToken = page.NextPageToken;
    } while (NextPageToken);
    expect(days).toBe(450);
    expect(estimated).toEqual(["2026-11-23", "2026-11-24"]);
    const tooEarly = { ...asked, TimePeriod: { Start: "2025-08-31", End: "2025-09-02" } };
    await expect(client("100000000001").send(new GetCostAndUsageCommand(tooEarly))).rejects.toThrow("beyond 14 months");
  });

  it("gives back more on a recent day than an account spent on it", async () => {
    const staging = client("200000000002");
    const week = { Start: "2026-11-12", End: "2026-11-19" };
    const asked = { Granularity: "DAILY" as const, Metrics: ["UnblendedCost"], TimePeriod: week };
    const days = async (more: Partial<GetCostAndUsageCommandInput> = {}) => {
      const { ResultsByTime } = await staging.send(new GetCostAndUsageCommand({ ...asked, ...more }));
      return ResultsByTime!.map(
        ({ TimePeriod, Total }) => [TimePeriod!.Start, units(Total!.UnblendedCost!.Amount)] as const,
      );
    };
    expect((await days()).filter(([, amount]) => amount < 0n)).toMatchObject([["2026-11-15", expect.anything()]]);
    const Filter: Expression = { Dimensions: { Key: "RECORD_TYPE", Values: ["Refund"] } };
    expect((await days({ Filter })).filter(([, amount]) => amount !== 0n)).toEqual([
      ["2026-11-15", -28_640_500_000_000n],
    ]);
  });

  it("spreads the reserved instances' fee over its month, and bills it on the last day", async () => {
    const byType = await ask({
      Metrics: ["UnblendedCost", "AmortizedCost"],
      Granularity: "DAILY",
      Filter: { Dimensions: { Key: "RECORD_TYPE", Values: ["RIFee"] } },
    });
    const fees = (metric: string) => byType.ResultsByTime!.map(({ Total }) => units(Total![metric]!.Amount));
    expect(fees("UnblendedCost").filter((fee) => fee > 0n)).toEqual([fees("UnblendedCost").at(-1)]);
    expect(fees("AmortizedCost").every((fee) => fee > 0n)).toBe(true);
    const sum = (amounts: bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
    expect(sum(fees("AmortizedCost"))).toBe(sum(fees("UnblendedCost")));
  });

  it("filters by what is named, and by its opposite", async () => {
    const one = { Dimensions: { Key: "LINKED_ACCOUNT" as const, Values: ["200000000002"] } };
    const amountOf = async (Filter?: Expression) => {
      const { ResultsByTime } = await ask({ Granularity: "MONTHLY", Filter });
      return units(ResultsByTime![0]!.Total!.UnblendedCost!.Amount);
    };
    const [all, its, others] = [await amountOf(), await amountOf(one), await amountOf({ Not: one })];
    expect(its).toBeGreaterThan(0n);
    expect(its + others).toBe(all);
    expect(await amountOf({ And: [one, { Not: one }] })).toBe(0n);
    await expect(ask({ Granularity: "DAILY", Filter: { ...one, Not: one } })).rejects.toThrow("exactly one root");
  });

  it("names the values of a dimension and the linked accounts", async () => {
    const payer = client("100000000001");
    const { DimensionValues } = await payer.send(
      new GetDimensionValuesCommand({ ...october, Dimension: "SERVICE", SearchString: "lambda" }),
    );
    expect(DimensionValues!.map(({ Value }) => Value)).toEqual(["AWS Lambda"]);
    const grouped = await ask({ Granularity: "MONTHLY", GroupBy: [{ Type: "DIMENSION", Key: "LINKED_ACCOUNT" }] });
    expect(grouped.DimensionValueAttributes).toContainEqual({
      Value: "123456789012",
      Attributes: { description: "Northwind production" },
    });
  });

  it("restates its estimated days a day later, and leaves the settled ones alone", () => {
    const day = (history: CostHistory, date: string) => {
      const at = Math.round((Date.parse(date) - history.firstDay.getTime()) / 86_400_000);
      return history.series.reduce((total, { daily }) => total + daily[at]!, 0n);
    };
    const [before, after] = [costHistory(world), costHistory({ ...world, daysPassed: 1 })];
    expect(day(after, "2026-11-23")).toBeGreaterThan(day(before, "2026-11-23"));
    expect(day(after, "2026-11-22")).toBe(day(before, "2026-11-22"));
    expect(day(costHistory({ ...world, daysPassed: 30 }), "2026-10-05")).toBe(day(before, "2026-10-05"));
  });

  it("forecasts from today on with an interval around the mean", async () => {
    const { ForecastResultsByTime = [] } = await client("100000000001").send(
      new GetCostForecastCommand({
        TimePeriod: { Start: "2026-11-24", End: "2026-12-01" },
        Metric: "UNBLENDED_COST",
        Granularity: "DAILY",
      }),
    );
    expect(ForecastResultsByTime).toHaveLength(7);
    for (const { MeanValue, PredictionIntervalLowerBound, PredictionIntervalUpperBound } of ForecastResultsByTime) {
      expect(Number(MeanValue)).toBeGreaterThan(Number(PredictionIntervalLowerBound));
      expect(Number(MeanValue)).toBeLessThan(Number(PredictionIntervalUpperBound));
    }
  });
});
