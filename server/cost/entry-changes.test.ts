import { describe, expect, it } from "vitest";
import { entryChanges, type Entry } from "./entry-changes";

const entry = (amount: string, over: Partial<Entry> = {}): Entry => ({
  grouping: "SERVICE_ACCOUNT",
  date: "2026-11-20",
  awsAccountId: "123456789012",
  service: "AWS Lambda",
  region: "",
  amount,
  amortized: amount,
  unit: "USD",
  ...over,
});
const readLater = new Map([["2026-11-20", new Date("2026-11-21T06:10:00Z")]]);
const readThatDay = new Map([["2026-11-20", new Date("2026-11-20T18:10:00Z")]]);

describe("costs that were read again", () => {
  it("change nothing where AWS says the same, however it is written", () => {
    expect(entryChanges([entry("1.5000000000")], [entry("1.5")], readLater)).toEqual({
      write: [],
      remove: [],
      restated: [],
    });
  });

  it("keep what a day was that had been over", () => {
    const { write, restated } = entryChanges([entry("1.5")], [entry("13.9")], readLater);
    expect(write).toEqual([entry("13.9")]);
    expect(restated).toMatchObject([{ date: "2026-11-20", was: "1.5", amount: "13.9" }]);
  });

  it("are no restatement of a day that still ran when it was read, or never was", () => {
    expect(entryChanges([entry("1.5")], [entry("13.9")], readThatDay).restated).toEqual([]);
    expect(entryChanges([], [entry("13.9")], new Map()).restated).toEqual([]);
  });

  it("remove what AWS tells no more, as a restatement to nothing", () => {
    const { remove, restated } = entryChanges([entry("1.5")], [], readLater);
    expect(remove).toEqual([entry("1.5")]);
    expect(restated).toMatchObject([{ was: "1.5", amount: "0" }]);
    expect(entryChanges([entry("1.5")], [entry("0")], readLater).remove).toEqual([entry("1.5")]);
  });

  it("restate from nothing what appears on a day that was read", () => {
    expect(entryChanges([], [entry("2")], readLater).restated).toMatchObject([{ was: "0", amount: "2" }]);
  });

  it("tell a restatement once, whatever the grouping", () => {
    const byRegion = { grouping: "ACCOUNT_REGION", service: "", region: "eu-west-1" } as const;
    const { write, restated } = entryChanges([entry("1", byRegion)], [entry("2", byRegion)], readLater);
    expect(write).toHaveLength(1);
    expect(restated).toEqual([]);
  });

  it("keep a row whose amortized amount alone is not zero", () => {
    expect(entryChanges([], [entry("0", { amortized: "40.01" })], new Map()).write).toHaveLength(1);
  });
});
