import { describe, expect, it } from "vitest";
import { regionLabel } from "./regions";

describe("regions", () => {
  it("are shown with their place, or by their code alone when they are new", () => {
    expect(regionLabel("eu-west-1")).toBe("eu-west-1 · Ireland");
    expect(regionLabel("eu-west-9")).toBe("eu-west-9");
  });
});
