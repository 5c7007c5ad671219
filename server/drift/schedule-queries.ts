import type { TenantTx } from "../db/client";

/**
 * When each stack of the account, or a resource that belongs to it, last changed in inventory: by AWS's own tag on what the
 * stack made, by the physical ids of its last detection, and by its own last update.
 */
export async function membersChangedAt(tx: TenantTx, accountId: string): Promise<Map<string, Date>> {
  const rows = await tx.$queryRaw<{ id: string; at: Date }[]>`
    with stack as (
      select r."id", r."nativeId", (r."facts"->>'updatedAt')::timestamptz as "updatedAt", s."detectionId"
      from "Resource" r left join "CloudFormationStack" s on s."id" = r."id"
      where r."accountId" = ${accountId} and r."type" = 'AWS::CloudFormation::Stack' and r."goneAt" is null),
    member as (
      select "nativeId", "type", "tags"->>'aws:cloudformation:stack-id' as "stackId", greatest("lastChangedAt", "goneAt") as at
      from "Resource" where "accountId" = ${accountId} and "type" <> 'AWS::CloudFormation::Stack')
    select "id", max(at) as at from (
      select "id", "updatedAt" as at from stack
      union all select stack."id", member.at from stack join member on member."stackId" = stack."nativeId"
      union all select stack."id", member.at from stack
        join "StackDriftResult" d on d."detectionId" = stack."detectionId"
        join member on member."nativeId" = d."resourcePhysicalId" and member."type" = d."resourceType") changes
    where at is not null group by "id"`;
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** Moves a run's schedule on; nothing where it was set anew meanwhile. */
export async function finishRun(
  tx: TenantTx,
  { accountId, fence }: { accountId: string; fence: number },
  { dueAt, started }: { dueAt: Date | null; started: number },
): Promise<void> {
  await tx.schedule.updateMany({
    where: { accountId, fence },
    data: { dueAt, leaseUntil: null, lastRunAt: new Date(), lastRunStarted: started },
  });
}
