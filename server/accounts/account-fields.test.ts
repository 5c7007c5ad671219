import { expect, it } from "vitest";
import { knownRegions } from "../aws/regions";
import { regionName } from "./account-fields";

it("takes the regions of the aws partition, also ones that are newer than this", () => {
  for (const region of [...knownRegions, "eu-west-9", "nz-north-1"]) expect(regionName.parse(region)).toBe(region);
});

it("takes no other partition's, and nothing that has not a region's form", () => {
  for (const text of ["us-gov-west-1", "cn-north-1", "us-iso-east-1", "eu-mars-1", "eu-west", "EU-WEST-1", ""])
    expect(regionName.safeParse(text).success).toBe(false);
});
