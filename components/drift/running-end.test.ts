import { describe, expect, it } from "vitest";
import { haveAllEnded } from "./running-end";

const seen = (running: number, scope = "all") => ({ scope, running });

describe("haveAllEnded", () => {
  it.each([
    [null, seen(0), false],
    [seen(2), seen(1), false],
    [seen(1), seen(0), true],
    [seen(0), seen(0), false],
    [seen(2), null, false],
    [seen(2), seen(0, "another account"), false],
  ])("%j then %j: %s", (before, now, expected) => {
    expect(haveAllEnded(before, now)).toBe(expected);
  });
});
