import { describe, expect, it } from "vitest";
import { toState } from "./cloudformation";
import { complete, failed, inProgress } from "./fixtures/detection-states";

const startedAt = new Date("2017-12-11T22:22:04.747Z");

describe("the state of a detection", () => {
  it("has no word on the stack while AWS is at it", () => {
    expect(toState(inProgress)).toEqual({
      status: "DETECTION_IN_PROGRESS",
      reason: null,
      stackDriftStatus: null,
      startedAt,
    });
  });
  it.each(complete)("is complete with AWS's word: $StackDriftStatus", (answer) => {
    expect(toState(answer)).toEqual({
      status: "DETECTION_COMPLETE",
      reason: null,
      stackDriftStatus: answer.StackDriftStatus,
      startedAt,
    });
  });
  it("keeps the reason of one that failed, and what AWS concluded by then", () => {
    expect(toState(failed)).toEqual({
      status: "DETECTION_FAILED",
      reason: failed.DetectionStatusReason,
      stackDriftStatus: "DRIFTED",
      startedAt,
    });
  });
  it("is none without the time it was begun: a failed one's results are known by it", () => {
    expect(() => toState({ ...failed, Timestamp: undefined })).toThrow(TypeError);
  });
});
