import { describe, expect, it } from "vitest";
import { factLine, factName, factText } from "./fact-words";

describe("factName", () => {
  it("turns a key into words and keeps abbreviations upright", () => {
    expect([factName("instanceType"), factName("vpcId"), factName("memoryMb"), factName("engine")]).toEqual([
      "Instance type",
      "VPC ID",
      "Memory MB",
      "Engine",
    ]);
  });
});

describe("factText", () => {
  it("tells a no from an unknown", () => {
    expect([factText(false), factText(null), factText(0)]).toEqual(["No", null, "0"]);
  });
});

describe("factLine", () => {
  it("says what is known, at most three things", () => {
    expect(
      factLine({ instanceType: "t3.micro", vpcId: null, encrypted: true, public: false, sizeGb: 20, az: "eu-west-1a" }),
    ).toBe("t3.micro · encrypted · Size GB 20");
  });
});
