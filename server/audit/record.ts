import type { RoomContext } from "../context";
import type { TenantTx } from "../db/client";

export interface Deed {
  /** The procedure's own path, as `accounts.connect`. */
  action: string;
  /** The row that it was done to. */
  targetId?: string;
  /** What it was done to, in words that stay true after the row is gone: a name, a number. */
  target?: string;
  /** What else there is to know. No secret belongs here: rows are kept and shown. */
  detail?: Record<string, string | number | boolean | null | string[]>;
}

/**
 * Writes down who did what, and from where. In the transaction that does it, so that neither is ever there without the other;
 * once in each mutation.
 */
export async function record(tx: TenantTx, ctx: RoomContext, { action, targetId, target, detail = {} }: Deed) {
  await tx.auditEvent.create({
    data: {
      tenantId: ctx.tenantId,
      clerkUserId: ctx.clerkUserId,
      requestId: ctx.requestId,
      email: ctx.sender?.email,
      address: ctx.sender?.address,
      userAgent: ctx.sender?.userAgent,
      action,
      targetId,
      target,
      detail,
    },
  });
}
