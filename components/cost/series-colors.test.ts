import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seriesColors } from "./series-colors";

describe("seriesColors", () => {
  it("gives a service the same colour alone and among others", () => {
    const alone = seriesColors(["AWS Lambda"]).get("AWS Lambda");
    expect(seriesColors(["Amazon Neptune", "Amazon DynamoDB", "AWS Lambda"]).get("AWS Lambda")).toBe(alone);
  });
  it("never draws two of seven in one colour", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 7 }), (services) => {
        expect(new Set(seriesColors(services).values()).size).toBe(services.length);
      }),
    );
  });
});
