import { TRPCError } from "@trpc/server";
import { beforeAll, describe, expect, it } from "vitest";
import { ZodError } from "zod";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person } from "../../tests/harness/tenants";
import { explain } from "../errors";
import { costAnomalies, dismissAnomaly } from "./anomaly-service";
import { createBudget } from "./budget-service";
import { exportCosts, exportInput } from "./export";
import { costForecast } from "./forecast-service";
import { anomaliesInput, createBudgetInput, dismissInput, forecastInput, LONGEST_DAYS, summaryInput } from "./input";
import { daysBetween, historyStart } from "./range";
import { costSummary } from "./service";

useDatabase();
const aws = useSimulatedAws({ limits: "off" });
const ada = person("user_ada");
// The last day of a month: the longest history that there is on any.
const now = new Date("2026-12-31T12:00:00Z");
const unknown = "999999999999";

beforeAll(async () => void (await connect(ada, aws, "200000000002")));

const summary = (input: object) => async () => costSummary(ada, summaryInput.parse(input), now);
const anomalies = (input: object) => async () => costAnomalies(ada, anomaliesInput.parse(input), now);
const forecast = (input: object) => async () => costForecast(ada, forecastInput.parse(input), now);
const download = (query: string) => async () => exportCosts(ada, exportInput(new URLSearchParams(query)), now);
const budget = (of: object) => async () =>
  createBudget(ada, createBudgetInput.parse({ name: "Cloud", amount: "10", of }));
const dismissal = () =>
  dismissAnomaly(
    ada,
    dismissInput.parse({ awsAccountId: unknown, service: "AWS Lambda", firstDay: "2026-11-01", reason: "Known" }),
  );

describe("bad input is told its field and what it may be:", () => {
  it.each([
    ["no days", summary({ days: 0 }), "days", "1 to 456 days"],
    ["too many days", summary({ days: 10_000 }), "days", "1 to 456 days"],
    ["half a day", summary({ days: 1.5 }), "days", "1 to 457"],
    ["days in words", summary({ days: "many" }), "days", "1 to 457"],
    [
      "a range that is reversed",
      summary({ start: "2026-11-20", end: "2026-11-10" }),
      "end",
      "after the start, 2026-11-20",
    ],
    ["a range in the future", summary({ start: "2027-02-01" }), "start", "2026-12-31 or earlier"],
    ["a range longer than the history", summary({ start: "2020-01-01" }), "start", "2025-10-01 or later"],
    ["another granularity", summary({ granularity: "HOURLY" }), "granularity", "DAILY or MONTHLY"],
    ["another metric", summary({ metric: "blended" }), "metric", "unblended or amortized"],
    ["an unknown account", summary({ accountIds: [unknown] }), "accountIds", "(200000000002)"],
    ["an unknown service", summary({ services: ["Amazon Teleport"] }), "services", "as the summary lists it"],
    ["anomalies of half a day", anomalies({ withinDays: 1.5 }), "withinDays", "1 to 90 whole days"],
    ["anomalies of words", anomalies({ withinDays: "x" }), "withinDays", "1 to 90 whole days"],
    ["a forecast of half a day", forecast({ horizonDays: 1.5 }), "horizonDays", "1 to 92 whole days"],
    ["a forecast of words", forecast({ horizonDays: "x" }), "horizonDays", "1 to 92 whole days"],
    ["a dismissal in an unknown account", dismissal, "awsAccountId", "(200000000002)"],
    [
      "a budget of an unknown account",
      budget({ scope: "ACCOUNT", awsAccountId: unknown }),
      "of.awsAccountId",
      "(20000",
    ],
    ["a budget of an unknown service", budget({ scope: "SERVICE", service: "Teleport" }), "of.service", "summary"],
    ["an export of no days", download("days=0"), "days", "1 to 456 days"],
    ["an export of words", download("days=many"), "days", "1 to 457"],
    ["an export of an unknown account", download(`account=${unknown}`), "account", "(200000000002)"],
    ["an export of an unknown service", download("service=Teleport"), "service", "as the summary lists it"],
    ["an export of an endless name", download(`account=${"x".repeat(201)}`), "account.0", "200"],
  ])("%s", async (_what, ask: () => Promise<unknown>, field, range) => {
    const error: unknown = await ask().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    const { fields, message } = explain(
      error instanceof ZodError ? new TRPCError({ code: "BAD_REQUEST", cause: error }) : error,
      "r",
    );
    expect(Object.keys(fields!)).toEqual([field]);
    expect(fields![field]).toContain(range);
    expect(message).toContain(fields![field]);
  });
});

it("calls no history longer than any day's", () => {
  const lengths = Array.from({ length: 3_000 }, (_, at) => new Date(Date.UTC(2024, 0, 1 + at))).map((day) =>
    daysBetween(historyStart(day), day.toISOString().slice(0, 10)),
  );
  expect(Math.max(...lengths)).toBe(LONGEST_DAYS);
});
