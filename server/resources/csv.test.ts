import { describe, expect, it } from "vitest";
import { csvHeader, csvLine } from "./csv";
import { exportInput } from "./export";
import type { ResourceRow } from "./views";

const at = new Date("2026-11-24T12:00:00Z");
const row: ResourceRow = {
  id: "1",
  type: "AWS::EC2::Instance",
  typeLabel: "EC2 instance",
  nativeId: "i-1",
  name: "web",
  arn: null,
  accountId: "a",
  awsAccountId: "123456789012",
  accountName: "Production",
  region: "eu-west-1",
  state: null,
  facts: {},
  tags: { Team: "web" },
  createdAt: null,
  firstSeenAt: at,
  lastChangedAt: at,
  goneAt: null,
  seenAt: at,
  isStale: false,
};

describe("csvLine", () => {
  it("has a cell for every column", () => expect(csvLine(row).split(",")).toHaveLength(csvHeader.split(",").length));
  it("quotes commas, quotes and line breaks", () =>
    expect(csvLine({ ...row, name: 'a,"b"\nc' })).toContain('"a,""b""\nc"'));
  it("does not let a spreadsheet run a name as a formula", () =>
    expect(csvLine({ ...row, name: "=1+1" })).toContain(",'=1+1,"));
  it("tells tags that were not read from no tags", () => {
    expect(csvLine({ ...row, tags: null })).toContain("(not read)");
    expect(csvLine({ ...row, tags: {} })).not.toContain("(not read)");
  });
});

describe("exportInput", () => {
  it("reads the list's own parameters", () => {
    const query = new URLSearchParams(
      "type=AWS::EC2::Instance,AWS::S3::Bucket&tag=Team=a,b&q=web&presence=all&sort=type",
    );
    expect(exportInput(query)).toMatchObject({
      sort: "type",
      filter: { types: ["AWS::EC2::Instance", "AWS::S3::Bucket"], tags: ["Team=a,b"], search: "web", presence: "all" },
    });
  });
  it("refuses an unknown sort", () => expect(() => exportInput(new URLSearchParams("sort=colour"))).toThrow());
});
