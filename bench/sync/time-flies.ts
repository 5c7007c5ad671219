/** What a measurement does so that nobody waits for what is put off: retries are due at once, and the leases of the dead run out. */
import { setTimeout as delay } from "node:timers/promises";
import type { RoomContext } from "../../server/context";
import { forTenant } from "../../server/db/client";
import { tick } from "../../server/jobs/tick";

/** Works until no sync of `ctx` is going on; a cell that is put off is due again at once. */
export async function workToTheEnd(ctx: RoomContext): Promise<void> {
  while ((await liveSyncs(ctx)) > 0) {
    if ((await tick({ budgetMs: 600_000 })) === 0) await delay(20);
    await retriesAreDue(ctx);
  }
}

export const liveSyncs = (ctx: RoomContext) =>
  forTenant(ctx.tenantId, (tx) => tx.syncRun.count({ where: { finishedAt: null } }));

export const retriesAreDue = (ctx: RoomContext) =>
  forTenant(ctx.tenantId, (tx) =>
    tx.scanCell.updateMany({ where: { state: "QUEUED", dueAt: { gt: new Date() } }, data: { dueAt: new Date(0) } }),
  );

/** As 45 s after the death of who held them. */
export const leasesRunOut = (ctx: RoomContext) =>
  forTenant(ctx.tenantId, async (tx) => {
    const held = { where: { leaseUntil: { not: null } }, data: { leaseUntil: new Date(0) } };
    await tx.scanCell.updateMany(held);
    await tx.tagSweep.updateMany(held);
    await tx.awsAccount.updateMany(held);
  });
