import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../errors";
import { auditInput, momentsOf, readCursor, writeCursor } from "./filter";

describe("momentsOf", () => {
  it("takes both days whole, in UTC", () => {
    expect(momentsOf({ from: "2026-11-24", to: "2026-11-24" })).toEqual({
      gte: new Date("2026-11-24T00:00:00.000Z"),
      lt: new Date("2026-11-25T00:00:00.000Z"),
    });
  });

  it("is open on the side that is not said", () => expect(momentsOf({})).toEqual({}));
});

describe("auditInput", () => {
  it.each(["2026-13-01", "2026-02-30", "yesterday", "24.11.2026"])("refuses %j as a day", (from) => {
    expect(auditInput.safeParse({ from }).success).toBe(false);
  });
});

describe("the cursor", () => {
  it("reads what it wrote", () => {
    const moment = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.stringMatching(/^[a-z0-9]{1,30}$/), (at, id) => {
        expect(readCursor(writeCursor({ at, id }))).toEqual({ at, id });
      }),
    );
  });

  it("refuses anything else with a sentence", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => readCursor(text)).toThrow(AppError);
      }),
    );
  });
});
