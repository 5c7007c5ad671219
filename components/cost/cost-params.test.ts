import { createLoader } from "nuqs/server";
import { describe, expect, it } from "vitest";
import {
  chartInput,
  costHref,
  costParams,
  exportHref,
  forecastInput,
  misread,
  summaryInput,
  trendsInput,
} from "./cost-params";

const load = createLoader(costParams);
const now = new Date("2026-11-24T10:00:00Z");

describe("the cost page's address", () => {
  it("is the last 30 days by the day, of everything, where it says nothing", () => {
    expect(summaryInput(load(""), now)).toEqual({ days: 30, granularity: "DAILY", metric: "unblended" });
  });
  it("compares last month with the whole month before it", () => {
    expect(trendsInput(load("?range=lastMonth"), now)).toMatchObject({
      start: "2026-10-01",
      end: "2026-11-01",
      compareWith: "lastMonth",
    });
  });
  it("compares days with as many days before them", () => {
    expect(trendsInput(load("?range=7d"), now)).toMatchObject({ days: 7, compareWith: "previousPeriod" });
    expect(trendsInput(load("?range=month&start=2026-11-02&end=2026-11-05"), now)).toMatchObject({
      start: "2026-11-02",
      end: "2026-11-05",
      compareWith: "previousPeriod",
    });
  });
  it("narrows the chart and the forecast to the chosen services, not the table", () => {
    const params = load("?service=AWS%20Lambda&account=a1");
    expect(summaryInput(params, now)).not.toHaveProperty("services");
    expect(chartInput(params, now)).toMatchObject({ services: ["AWS Lambda"], accountIds: ["a1"] });
    expect(forecastInput(params)).toEqual({ services: ["AWS Lambda"], accountIds: ["a1"], metric: "unblended" });
  });
  it("exports what is on the screen", () => {
    expect(exportHref(load("?range=lastMonth&service=AWS%20Lambda"), now)).toBe(
      "/cost/export?service=AWS+Lambda&start=2026-10-01&end=2026-11-01&metric=unblended",
    );
  });
  it("survives the way into a link and back", () => {
    const params = load("?range=year&by=month&metric=amortized&service=A,B");
    expect(load(new URL(costHref(params), "http://localhost"))).toEqual(params);
  });
  it("asks the server for any number of days, which says how many there may be", () => {
    expect(summaryInput(load("?range=10000d"), now)).toMatchObject({ days: 10_000 });
    expect(summaryInput(load("?range=0d"), now)).toMatchObject({ days: 0 });
  });
  it("goes by its defaults where it was not understood, and says which parameter may be what", () => {
    const address = "?range=fortnight&by=hour&metric=net&start=yesterday&days=0&service=A";
    expect(load(address)).toMatchObject({ range: "30d", by: "day", metric: "unblended", start: null });
    const said = misread(new URLSearchParams(address));
    expect(said.map((sentence) => sentence.split(" ")[0])).toEqual([
      "range=fortnight",
      "by=hour",
      "metric=net",
      "start=yesterday",
      "This",
    ]);
    expect(said[1]).toBe("by=hour was left out: by is day or month.");
    expect(said[4]).toContain("days: write range=45d");
  });
  it("has nothing to say of what it understood", () => {
    expect(misread(new URLSearchParams("range=lastMonth&by=month&start=2026-11-01&service=A,B&account=a1"))).toEqual(
      [],
    );
  });
});
