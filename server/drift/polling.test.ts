import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Failure } from "../aws/failure";
import {
  afterFailure,
  isAboutOneResource,
  isAlreadyRunning,
  isNewerThanOurs,
  isOverdue,
  isRefusal,
  nextLookSeconds,
} from "./polling";

const failure = (kind: Failure["kind"], message = "…"): Failure => ({
  kind,
  message,
  code: "…",
  action: null,
  awsRequestId: null,
});

describe("nextLookSeconds", () => {
  it("is five seconds while a detection is fresh, and fifteen once it has run for minutes", () => {
    expect([0, 60_000, 120_000, 300_000, 3_000_000].map(nextLookSeconds)).toEqual([5, 5, 8, 15, 15]);
  });

  it("never looks sooner at an older one, and always between five and fifteen seconds", () => {
    const elapsed = fc.integer({ min: 0, max: 10 * 3_600_000 });
    fc.assert(
      fc.property(elapsed, elapsed, (a, b) => {
        const [sooner, later] = [nextLookSeconds(Math.min(a, b)), nextLookSeconds(Math.max(a, b))];
        expect(sooner).toBeGreaterThanOrEqual(5);
        expect(later).toBeLessThanOrEqual(15);
        expect(later).toBeGreaterThanOrEqual(sooner);
      }),
    );
  });
});

describe("afterFailure", () => {
  it.each(["throttled", "unavailable", "expired"] as const)(
    "tries what is %s three times more, each time later",
    (kind) => {
      expect([1, 2, 3, 4].map((attempts) => afterFailure(failure(kind), attempts))).toEqual([
        { afterSeconds: 10 },
        { afterSeconds: 30 },
        { afterSeconds: 60 },
        "give up",
      ]);
    },
  );

  it.each(["denied", "invalid"] as const)("gives up at once what is %s, as a person must change something", (kind) => {
    expect(afterFailure(failure(kind), 1)).toBe("give up");
  });
});

describe("isOverdue", () => {
  it("is an hour after the beginning", () => {
    const now = new Date("2026-11-25T12:00:00Z");
    expect(isOverdue(new Date("2026-11-25T11:00:01Z"), now)).toBe(false);
    expect(isOverdue(new Date("2026-11-25T11:00:00Z"), now)).toBe(true);
  });
});

describe("isRefusal", () => {
  it("is an answer by which AWS has begun nothing", () => {
    expect(isRefusal(failure("throttled"))).toBe(true);
    expect(isRefusal(failure("denied"))).toBe(true);
    expect(isRefusal(failure("invalid", "Drift detection cannot be performed on stack in UPDATE_IN_PROGRESS"))).toBe(
      true,
    );
  });

  it("is not what leaves open whether AWS has begun, or says that a detection runs", () => {
    expect(isRefusal(failure("unavailable", "socket hang up"))).toBe(false);
    expect(isRefusal(failure("invalid", "Drift detection is already in progress for stack [a]."))).toBe(false);
  });
});

describe("isAlreadyRunning", () => {
  it("knows AWS's refusal of a second detection from other refusals", () => {
    const running = "Drift detection is already in progress for stack [arn:aws:cloudformation:…].";
    expect(isAlreadyRunning(failure("invalid", running))).toBe(true);
    expect(isAlreadyRunning(failure("unavailable", running))).toBe(false);
    expect(
      isAlreadyRunning(failure("invalid", "Drift detection cannot be performed on stack in UPDATE_IN_PROGRESS")),
    ).toBe(false);
  });
});

describe("isAboutOneResource", () => {
  const said = (message: string) => isAboutOneResource(failure("invalid", message));

  it("is AWS's refusal of the one that was asked for", () => {
    expect(said("Resource AGoneBucket does not exist for stack web-app")).toBe(true);
    expect(said("Drift detection is not supported for resource type Custom::Thing")).toBe(true);
  });

  it("is not what AWS says of the whole stack", () => {
    expect(said("Stack with id arn:aws:cloudformation:…:stack/web-app/1 does not exist")).toBe(false);
    expect(said("Stack [web-app] does not exist")).toBe(false);
    expect(said("Drift detection cannot be performed on stack [web-app] in UPDATE_IN_PROGRESS state.")).toBe(false);
    expect(said("Drift detection is already in progress for stack [web-app].")).toBe(false);
  });
});

describe("isNewerThanOurs", () => {
  const ours = new Date("2026-11-25T12:00:00Z");

  it("is what AWS was asked later than a clock may go wrong", () => {
    expect(isNewerThanOurs(new Date("2026-11-25T12:02:00Z"), ours)).toBe(false);
    expect(isNewerThanOurs(new Date("2026-11-25T12:02:01Z"), ours)).toBe(true);
    expect(isNewerThanOurs(new Date("2026-11-25T11:00:00Z"), ours)).toBe(false);
  });
});
