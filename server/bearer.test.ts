import { describe, expect, it } from "vitest";
import { bearerFits } from "./bearer";

const secret = "0123456789abcdef";

describe("bearerFits", () => {
  it("opens for the secret alone", () => {
    expect(bearerFits(`Bearer ${secret}`, secret)).toBe(true);
    for (const given of [null, "", "Bearer", "Bearer ", secret, `Bearer ${secret}0`, `Bearer ${secret.slice(1)}`])
      expect(bearerFits(given, secret), String(given)).toBe(false);
  });

  it("stays shut where no secret is set, whatever is sent", () => {
    for (const unset of [undefined, ""])
      for (const given of [null, "Bearer ", "Bearer undefined", `Bearer ${secret}`])
        expect(bearerFits(given, unset), String(given)).toBe(false);
  });
});
