import { setTimeout as delay } from "node:timers/promises";
import { listAccounts } from "../server/accounts/queries";
import type { RoomContext } from "../server/context";
import { costFreshness } from "../server/cost/refresh-service";
import { tick } from "../server/jobs/tick";

const firstCosts: ReadonlySet<string> = new Set(["waiting", "reading"]);

/**
 * Works what is due until each of the accounts (AWS's numbers) and its costs have been read once, and returns by name what
 * was not within `budgetMs`. One that is paused is not waited for.
 */
export async function workFirstSyncs(
  ctx: RoomContext,
  { awsAccountIds, budgetMs }: { awsAccountIds: string[]; budgetMs: number },
): Promise<string[]> {
  const deadline = performance.now() + budgetMs;
  for (;;) {
    const unread = await unreadOf(ctx, awsAccountIds);
    const leftMs = deadline - performance.now();
    if (unread.length === 0 || leftMs <= 0) return unread;
    const worked = await tick({ budgetMs: leftMs });
    if (worked > 0) console.log(`Worked ${worked} rows; before that these were not read: ${unread.join(", ")}.`);
    else await delay(200); // what is left is due again in a moment
  }
}

/** What of the accounts was never read, by name. */
async function unreadOf(ctx: RoomContext, awsAccountIds: string[]): Promise<string[]> {
  const awaited = (await listAccounts(ctx)).filter(
    ({ awsAccountId, pausedAt }) => awsAccountIds.includes(awsAccountId) && pausedAt === null,
  );
  const costs = (await costFreshness(ctx, {})).accounts.filter(({ state }) => firstCosts.has(state));
  return awaited.flatMap(({ id, name, awsAccountId, lastSyncedAt, sync }) => [
    ...(lastSyncedAt === null || sync?.trigger === "CONNECT" ? [`${name} (${awsAccountId})`] : []),
    ...(costs.some(({ accountId }) => accountId === id) ? [`the costs of ${name}`] : []),
  ]);
}
