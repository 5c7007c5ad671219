import { expect, it } from "vitest";
import { exportInput } from "./export";

it("takes what the list's own page writes into the address", () => {
  const query = new URLSearchParams(
    "type=AWS::S3::Bucket&type=AWS::EC2::Volume&tag=a=b,c&presence=all&sort=name&direction=asc",
  );
  expect(exportInput(query)).toMatchObject({
    filter: { types: ["AWS::S3::Bucket", "AWS::EC2::Volume"], tags: ["a=b,c"], presence: "all" },
  });
});

it("refuses a parameter that is none, instead of exporting everything", () => {
  expect(() => exportInput(new URLSearchParams("typ=AWS::S3::Bucket"))).toThrow(/"typ"/);
});
