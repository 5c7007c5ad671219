import { describe, expect, it } from "vitest";
import { anomalies } from "./anomalies";
import { confidence } from "./confidence";
import { monthEnd } from "./month-end";
import { score } from "./scorecard";

describe("figures", () => {
  it("says nothing where nothing was read", () => {
    expect(monthEnd([], { today: "2026-11-24" })).toBeNull();
    expect(score([], [])).toEqual([]);
    expect(anomalies([])).toEqual([]);
    expect(confidence([])).toMatchObject({ level: "low", wape: null });
  });
});
