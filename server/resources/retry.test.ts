import { describe, expect, it } from "vitest";
import type { Failure } from "../aws/failure";
import { nextStep } from "./retry";

const failure = (kind: Failure["kind"]): Failure => ({
  kind,
  code: "X",
  message: "",
  action: null,
  awsRequestId: null,
});

describe("nextStep", () => {
  it("tries again what passes, later each time", () => {
    expect(nextStep(failure("throttled"), 1)).toEqual({ afterSeconds: 5 });
    expect(nextStep(failure("unavailable"), 2)).toEqual({ afterSeconds: 20 });
  });
  it("gives up after the third attempt", () => {
    expect(nextStep(failure("throttled"), 3)).toBe("give up");
  });
  it.each(["denied", "untrusted", "notEnabled", "invalid"] as const)(
    "gives up at once when a person must act: %s",
    (kind) => {
      expect(nextStep(failure(kind), 1)).toBe("give up");
    },
  );
});
