import type { RoomContext } from "../../server/context";
import { forTenant } from "../../server/db/client";
import { tick } from "../../server/jobs/tick";

/** The whole inventory of an account comes before its stacks can be detected: on a busy machine that takes a while. */
export const FIRST_SYNC_MS = 180_000;

/** Works until no detection of the tenant is live. Whatever waits for its next look is made due at once: nobody sleeps. */
export async function settleDrift({ tenantId }: RoomContext): Promise<void> {
  for (;;) {
    const live = await forTenant(tenantId, async (tx) => {
      await tx.driftDetectionJob.updateMany({ where: { dueAt: { not: null } }, data: { dueAt: new Date(0) } });
      return tx.driftDetectionJob.count({ where: { status: { in: ["QUEUED", "DETECTION_IN_PROGRESS"] } } });
    });
    if (live === 0) return;
    await tick({ budgetMs: 60_000 });
  }
}
