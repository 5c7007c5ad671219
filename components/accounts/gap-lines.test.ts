import { describe, expect, it } from "vitest";
import { gapLines } from "./gap-lines";
import type { Gap } from "./gap-words";

const gap = (over: Partial<Gap>): Gap => ({
  ...{ accountId: "1", awsAccountId: "123456789012", accountName: "Production", subject: "resources" },
  ...{ kind: "throttled", type: "A", regions: ["eu-west-1"], code: "Throttling", message: "Rate exceeded" },
  ...{ action: null, statement: null, refusedBy: null, lastSuccessAt: new Date("2026-11-26T08:00:00Z") },
  ...over,
});
const typesOf = (...gaps: Gap[]) => gapLines(gaps).map(({ types }) => types);

describe("gapLines", () => {
  it("tells once of a region that is slowed down, with all types and the oldest reading", () => {
    const older = new Date("2026-11-26T07:00:00Z");
    const [line, ...others] = gapLines([gap({}), gap({ type: "B", lastSuccessAt: older }), gap({ type: "C" })]);
    expect(line).toMatchObject({ types: ["A", "B", "C"], lastSuccessAt: older });
    expect(others).toEqual([]);
    expect(gapLines([gap({}), gap({ type: "B", lastSuccessAt: null })])[0]!.lastSuccessAt).toBeNull();
  });
  it("has each of AWS's own words for it once, as its services differ in them", () => {
    const ec2 = { code: "RequestLimitExceeded", message: "Request limit exceeded." };
    const [line, ...others] = gapLines([gap({}), gap({ type: "B", ...ec2 }), gap({ type: "C", ...ec2 })]);
    expect(line).toMatchObject({
      types: ["A", "B", "C"],
      said: [{ code: "Throttling", message: "Rate exceeded" }, ec2],
    });
    expect(others).toEqual([]);
  });
  it("keeps apart what lies elsewhere or has another cause", () => {
    expect(
      typesOf(
        gap({}),
        gap({ type: "B", regions: ["eu-west-1", "us-east-1"] }),
        gap({ type: "C", accountId: "2" }),
        gap({ type: "D", kind: "unavailable", code: "ServiceUnavailable" }),
      ),
    ).toEqual([["A"], ["B"], ["C"], ["D"]]);
  });
  it("keeps each denial apart, as each has its own remedy", () => {
    const denied = { kind: "denied", code: "AccessDenied" } as const;
    expect(typesOf(gap({ ...denied, action: "a:List" }), gap({ ...denied, type: "B", action: "b:List" }))).toEqual([
      ["A"],
      ["B"],
    ]);
  });
  it("has no type where the gap has none", () => {
    expect(typesOf(gap({ subject: "account", type: null, regions: [] }))).toEqual([[]]);
  });
});
