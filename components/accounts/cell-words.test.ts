import { describe, expect, it } from "vitest";
import { cellState, cellTable, type Cell } from "./cell-words";

const cell = (region: string, type: string, rest: Partial<Cell> = {}): Cell => ({
  id: `${region} ${type}`,
  region,
  type,
  state: "OK",
  resourceCount: 0,
  lastSuccessAt: new Date(0),
  lastAttemptAt: null,
  durationMs: null,
  failure: null,
  ...rest,
});
const failure = { kind: "denied" as const, code: "AccessDenied", message: "no", action: null, statement: null };

describe("cellState", () => {
  it("says what is happening before what happened", () => {
    expect(cellState(cell("r", "t", { state: "RUNNING", failure })).word).toBe("Reading");
  });
  it("names the failure", () => {
    expect(cellState(cell("r", "t", { state: "FAILED", failure }))).toEqual({ word: "Denied", tone: "bad" });
  });
  it("does not call read what never was", () => {
    expect(cellState(cell("r", "t", { state: "IDLE", lastSuccessAt: null })).word).toBe("Not read");
  });
});

describe("cellTable", () => {
  it("puts global first, then where the most is, then by name", () => {
    const table = cellTable([
      cell("eu-west-1", "A", { resourceCount: 3 }),
      cell("us-east-1", "A", { resourceCount: 9 }),
      cell("ap-south-1", "A"),
      cell("af-south-1", "A"),
      cell("aws-global", "B"),
    ]);
    expect(table.rows.map(({ region }) => region)).toEqual([
      "aws-global",
      "us-east-1",
      "eu-west-1",
      "af-south-1",
      "ap-south-1",
    ]);
  });
  it("calls a region quiet where nothing was found, also while it is read again", () => {
    const quiet = (rest: Partial<Cell>) => cellTable([cell("eu-west-1", "A", rest)]).rows[0]?.isQuiet;
    expect([quiet({}), quiet({ state: "QUEUED" })]).toEqual([true, true]);
    expect([quiet({ resourceCount: 1 }), quiet({ lastSuccessAt: null, resourceCount: null })]).toEqual([false, false]);
  });
  it("calls a region quiet that fails as all others do, and not one that fails alone", () => {
    const denied = { failure, state: "FAILED" as const, resourceCount: null, lastSuccessAt: null };
    const all = cellTable([cell("eu-west-1", "A", denied), cell("us-east-1", "A", denied)]);
    expect(all.rows.map(({ isQuiet }) => isQuiet)).toEqual([true, true]);
    const alone = cellTable([cell("eu-west-1", "A", denied), cell("us-east-1", "A")]);
    expect(alone.rows.map(({ region, isQuiet }) => [region, isQuiet])).toEqual([
      ["eu-west-1", false],
      ["us-east-1", true],
    ]);
  });
  it("calls no region quiet where a type fails that is read there alone", () => {
    const throttled = { failure, state: "FAILED" as const, resourceCount: null, lastSuccessAt: null };
    const table = cellTable([cell("aws-global", "B", throttled), cell("eu-west-1", "A")]);
    expect(table.rows.map(({ region, isQuiet }) => [region, isQuiet])).toEqual([
      ["aws-global", false],
      ["eu-west-1", true],
    ]);
  });
  it("leaves a hole where a type is not read in a region", () => {
    const table = cellTable([cell("eu-west-1", "A"), cell("aws-global", "B")]);
    expect(table.rows.map(({ cells }) => cells.map((found) => found?.id ?? null))).toEqual([
      ["aws-global B", null],
      [null, "eu-west-1 A"],
    ]);
  });
  it("puts the types that are read globally first, where their row begins", () => {
    const table = cellTable([cell("eu-west-1", "C"), cell("eu-west-1", "A"), cell("aws-global", "B")]);
    expect(table.types).toEqual(["B", "A", "C"]);
  });
});
