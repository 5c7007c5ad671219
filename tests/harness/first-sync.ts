/** A process of its own, so that all it logs can be read: connects an account and works its first sync. */
import { beginConnection, connectAccount, recheckAccount } from "../../server/accounts/service";
import { disconnect } from "../../server/db/client";
import { person, workAll } from "./tenants";

const [account = "", user = ""] = process.argv.slice(2);
const ctx = person(user);
const issued = await beginConnection(ctx, { name: "Production", awsAccountId: account, region: "us-east-1" });
const granted = await fetch(`${process.env.AWS_ENDPOINT_URL}/_sim/roles`, {
  method: "POST",
  body: JSON.stringify({ account, externalId: issued.externalId, lacks: ["rds:Describe*"] }),
});
const { roleArn } = (await granted.json()) as { roleArn: string };
const { accountId } = await connectAccount(ctx, { externalIdId: issued.externalIdId, roleArn });
await workAll();
await recheckAccount(ctx, { accountId });
await disconnect();
