import { describe, expect, it } from "vitest";
import { factLine, readFact, readFacts } from "./fact-words";

const said = (key: string, value: string | number | boolean | null) => {
  const { name, text } = readFact(key, value);
  return [name, text];
};

describe("readFact", () => {
  it("turns a key into words and keeps abbreviations upright", () => {
    expect(said("instanceType", "t3.micro")).toEqual(["Instance type", "t3.micro"]);
    expect(said("vpcId", "vpc-1")).toEqual(["VPC ID", "vpc-1"]);
  });
  it("moves a unit from the name to the value", () => {
    expect(said("sizeGiB", 1500)).toEqual(["Size", "1,500 GiB"]);
    expect(said("timeoutSeconds", 30)).toEqual(["Timeout", "30 s"]);
    expect(said("codeSizeBytes", 1_240_000)).toEqual(["Code size", "1.2 MB"]);
  });
  it("reads a claim as a name with yes or no, and an unknown as neither", () => {
    expect(said("isEncrypted", false)).toEqual(["Encrypted", "No"]);
    expect(said("isEncrypted", null)).toEqual(["Encrypted", null]);
  });
  it("knows a moment", () => {
    expect(readFact("launchedAt", "2026-01-02T03:04:05.000Z")).toMatchObject({
      name: "Launched",
      at: new Date("2026-01-02T03:04:05Z"),
    });
  });
});

describe("readFacts", () => {
  it("begins with what tells one from another and goes on by name", () => {
    const names = readFacts({ vpcId: "v", architecture: "arm64", instanceType: "t3.micro" }).map(({ name }) => name);
    expect(names).toEqual(["Instance type", "Architecture", "VPC ID"]);
  });
});

describe("factLine", () => {
  it("says what tells one from another first, however the facts come, and at most three", () => {
    const facts = {
      vpcId: "vpc-1",
      iops: 3000,
      publicIp: "1.2.3.4",
      memoryMb: 512,
      runtime: "nodejs22.x",
      itemCount: 7,
    };
    expect(factLine(facts)).toBe("nodejs22.x · 512 MB · item count 7");
  });
});
