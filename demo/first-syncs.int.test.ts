import { afterEach, expect, it } from "vitest";
import { useSimulatedAws } from "../tests/harness/aws";
import { useDatabase } from "../tests/harness/database";
import { connect, person } from "../tests/harness/tenants";
import { listAccounts } from "../server/accounts/queries";
import { pauseAccount } from "../server/accounts/service";
import { workFirstSyncs } from "./first-syncs";

useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");
const [STAGING, DATA] = ["200000000002", "300000000003"];
afterEach(() => aws.clearFaults());

it("names what AWS did not let it read in time, accounts and costs", async () => {
  await connect(ada, aws, STAGING!);
  await aws.fault({ kind: "denied", service: "ec2", operation: "DescribeRegions" });
  await aws.fault({ kind: "denied", service: "ce" });
  expect(await workFirstSyncs(ada, { awsAccountIds: [STAGING!], budgetMs: 3_000 })).toEqual([
    "Account 200000000002 (200000000002)",
  ]);
  await aws.clearFaults();
  await connect(ada, aws, DATA!);
  expect(await workFirstSyncs(ada, { awsAccountIds: [DATA!], budgetMs: 0 })).toEqual([
    "Account 300000000003 (300000000003)",
    "the costs of Account 300000000003",
  ]);
});

it("goes on from there, and waits for no account that is paused or was not named", async () => {
  const [staging] = await listAccounts(ada);
  await pauseAccount(ada, { accountId: staging!.id });
  expect(await workFirstSyncs(ada, { awsAccountIds: [STAGING!, DATA!], budgetMs: 50_000 })).toEqual([]);
  expect(await listAccounts(ada)).toMatchObject([
    { awsAccountId: STAGING, status: "paused", lastSyncedAt: null },
    { awsAccountId: DATA, status: "connected", sync: null },
  ]);
});
