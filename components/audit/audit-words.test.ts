import { describe, expect, it } from "vitest";
import { actionWords, detailWords } from "./audit-words";

describe("actionWords", () => {
  it("says what was done", () => expect(actionWords("accounts.disconnect")).toBe("Disconnected"));
  it("tells an action that it does not know by its own words", () =>
    expect(actionWords("drift.triggerAll")).toBe("Drift: trigger all"));
});

describe("detailWords", () => {
  it("leaves out what is empty", () =>
    expect(detailWords({ region: null, syncs: 4, types: ["AWS::S3::Bucket"] })).toBe(
      "syncs 4 · types AWS::S3::Bucket",
    ));
  it("reads a claim as yes or no", () => expect(detailWords({ canAssumeRole: false })).toBe("can assume role no"));
});
