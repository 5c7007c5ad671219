import { connectAccount, beginConnection } from "../../server/accounts/service";
import type { RoomContext } from "../../server/context";
import type { TenantId } from "../../server/db/client";
import { tick } from "../../server/jobs/tick";
import type { SimulatedAws } from "./aws";

/** A room's context for a person with a tenant of their own. */
export function person(id: string): RoomContext {
  return {
    tenantId: id as TenantId,
    clerkUserId: id,
    requestId: "req_test",
    email: () => Promise.resolve(`${id}@example.com`),
  };
}

/** Connects an account as a person would: an ExternalId, the role, the check. */
export async function connect(ctx: RoomContext, aws: SimulatedAws, account: string, { lacks = [] as string[] } = {}) {
  const { externalIdId, externalId } = await beginConnection(ctx, {
    name: `Account ${account}`,
    awsAccountId: account,
    region: "us-east-1",
  });
  const { roleArn } = await aws.grantRole({ account, externalId, lacks });
  return connectAccount(ctx, { externalIdId, roleArn });
}

/** Works everything that is due. */
export function workAll(): Promise<number> {
  return tick({ budgetMs: 90_000 });
}
