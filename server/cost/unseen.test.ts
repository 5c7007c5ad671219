import { describe, expect, it } from "vitest";
import { unseenSpend, type SeenCell } from "./unseen";

const accounts = [
  { awsAccountId: "100000000001", accountId: "payer", name: "Payer" },
  { awsAccountId: "200000000002", accountId: null, name: "Shadow" },
];
const cell = (over: Partial<SeenCell>): SeenCell => ({
  accountId: "payer",
  region: "eu-west-1",
  type: "AWS::Lambda::Function",
  isGlobal: false,
  isRead: true,
  isFailing: false,
  live: 0,
  ...over,
});
const lambda = { accounts: ["100000000001"], service: "AWS Lambda", region: "eu-west-1", amount: "12.345" };
const whyOf = (cells: SeenCell[], over: Partial<typeof lambda> = {}) =>
  unseenSpend({ byAccount: [], byService: [{ ...lambda, ...over }] }, cells, accounts).map(({ why }) => why);

describe("unseen spend", () => {
  it("is none where the inventory has seen something of the service", () => {
    expect(whyOf([cell({ live: 3 })])).toEqual([]);
  });

  it("tells nothing found, not read and not inventoried apart", () => {
    expect(whyOf([cell({})])).toEqual(["noResource"]);
    expect(whyOf([cell({ isRead: false })])).toEqual(["notRead"]);
    expect(whyOf([cell({ isFailing: true })])).toEqual(["notRead"]);
    expect(whyOf([cell({})], { service: "AmazonCloudWatch" })).toEqual(["notInventoried"]);
  });

  it("leaves out what is billed in no region, and less than a cent", () => {
    expect(whyOf([cell({})], { region: "NoRegion" })).toEqual([]);
    expect(whyOf([cell({})], { amount: "0.004" })).toEqual([]);
    expect(whyOf([cell({})], { amount: "-40" })).toEqual([]);
  });

  const inMumbai = [{ awsAccountId: "100000000001", region: "ap-south-1", amount: "4" }];
  const whyOfMumbai = (cells: SeenCell[]) =>
    unseenSpend({ byAccount: inMumbai, byService: [] }, cells, accounts).map(({ why, region }) => [why, region]);

  it("takes no region for scanned because an old bucket lies in it", () => {
    const bucket = cell({ region: "ap-south-1", type: "AWS::S3::Bucket", isGlobal: true, live: 1 });
    expect(whyOfMumbai([bucket, cell({})])).toEqual([["regionNotScanned", "ap-south-1"]]);
  });

  it("says of a region where everything was refused that it could not be read", () => {
    const refused = cell({ region: "ap-south-1", isRead: false, isFailing: true });
    expect(whyOfMumbai([refused])).toEqual([["notRead", "ap-south-1"]]);
    expect(whyOfMumbai([refused, cell({ region: "ap-south-1" })])).toEqual([]);
  });

  it("does not call gone what may be of an account that is not connected", () => {
    const told = { byService: [{ ...lambda, accounts: ["100000000001", "200000000002"] }] };
    const messageOf = (awsAccountId: string) =>
      unseenSpend(
        { ...told, byAccount: [{ awsAccountId, region: "eu-west-1", amount: "5" }] },
        [cell({})],
        accounts,
      ).find(({ why }) => why === "noResource")!.message;
    expect(messageOf("200000000002")).toMatch(/found nothing of AWS Lambda in eu-west-1 of the connected accounts/);
    expect(messageOf("200000000002")).toMatch(/of Shadow, which is not connected/);
    expect(messageOf("100000000001")).not.toMatch(/Shadow/);
  });

  it("names regions that were never scanned, and sums what an account spends that is not connected", () => {
    const byAccount = [
      { awsAccountId: "100000000001", region: "ap-south-1", amount: "4" },
      { awsAccountId: "100000000001", region: "eu-west-1", amount: "400" },
      { awsAccountId: "200000000002", region: "eu-west-1", amount: "5" },
      { awsAccountId: "200000000002", region: "us-east-1", amount: "6" },
    ];
    const rows = unseenSpend({ byAccount, byService: [] }, [cell({})], accounts);
    expect(rows.map(({ why, amount, region }) => [why, amount, region])).toEqual([
      ["accountNotConnected", "11.00", null],
      ["regionNotScanned", "4.00", "ap-south-1"],
    ]);
  });
});
