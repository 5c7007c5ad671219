import { createLoader } from "nuqs/server";
import { describe, expect, it } from "vitest";
import { isNarrowed, stackInput, stackParams, stacksHref } from "./stack-params";

const load = createLoader(stackParams);
const read = (query: string) => load(new URLSearchParams(query));

describe("stackInput", () => {
  it("asks for the worst first, nested stacks folded, where the address says nothing", () => {
    expect(stackInput(read(""))).toEqual({
      filter: {},
      sort: "severity",
      direction: "desc",
      isFolded: true,
      limit: 100,
    });
  });
  it("leaves out what does not exist", () => {
    expect(stackInput(read("drift=DRIFTED,PURPLE&severity=CRITICAL&sort=colour&flat=true"))).toMatchObject({
      filter: { verdicts: ["DRIFTED"], severities: ["CRITICAL"] },
      sort: "severity",
      isFolded: false,
    });
  });
});

describe("stacksHref", () => {
  it("reads back what it wrote", () => {
    const params = { ...read(""), drift: ["DRIFTED" as const], q: "web & api", open: ["a", "b"], account: ["a1"] };
    expect(load(new URL(stacksHref(params), "http://app.test"))).toEqual(params);
  });
});

describe("isNarrowed", () => {
  it("knows a filter from an order and from what is unfolded", () => {
    expect(isNarrowed(read("sort=name&dir=asc&open=a&flat=true"))).toBe(false);
    expect(isNarrowed(read("severity=HIGH"))).toBe(true);
    expect(isNarrowed(read("q=%20"))).toBe(false);
  });
});
