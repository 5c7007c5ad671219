import { describe, expect, it } from "vitest";
import { isRegion, knownRegions, regionLabel } from "./regions";

describe("regions", () => {
  it("are shown with their place, or by their code alone when they are new", () => {
    expect(regionLabel("eu-west-1")).toBe("eu-west-1 · Ireland");
    expect(regionLabel("eu-west-9")).toBe("eu-west-9");
  });

  it("are of the aws partition", () => {
    for (const region of [...knownRegions, "eu-west-9"]) expect(isRegion(region)).toBe(true);
    for (const text of ["us-gov-west-1", "cn-north-1", "eu-west", "EU-WEST-1", "", "eu-west-1 ", "us-iso-east-1"])
      expect(isRegion(text)).toBe(false);
  });
});
