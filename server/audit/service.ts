import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { momentsOf, readCursor, writeCursor, type AuditInput } from "./filter";
import type { AuditChoices, AuditEntry, AuditPage } from "./views";

/** What was done, newest first, a page at a time. Throws BAD_REQUEST for a wrong cursor. */
export async function listEvents(
  ctx: RoomContext,
  { clerkUserIds, actions, cursor, limit, ...days }: AuditInput,
): Promise<AuditPage> {
  const after = cursor ? readCursor(cursor) : null;
  const found = await forTenant(ctx.tenantId, (tx) =>
    tx.auditEvent.findMany({
      where: {
        ...(clerkUserIds?.length && { clerkUserId: { in: clerkUserIds } }),
        ...(actions?.length && { action: { in: actions } }),
        at: momentsOf(days),
        ...(after && { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }),
      },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: limit + 1,
      omit: { tenantId: true },
    }),
  );
  const entries = found.slice(0, limit).map((row) => ({ ...row, detail: row.detail as AuditEntry["detail"] }));
  const last = entries.at(-1);
  return { entries, nextCursor: found.length > limit && last ? writeCursor(last) : null };
}

/** The people and actions that the log has, for its filters. */
export async function auditChoices(ctx: RoomContext): Promise<AuditChoices> {
  return forTenant(ctx.tenantId, async (tx) => {
    const people = await tx.auditEvent.findMany({
      distinct: ["clerkUserId"],
      orderBy: [{ clerkUserId: "asc" }, { at: "desc" }],
      select: { clerkUserId: true, email: true },
    });
    const actions = await tx.auditEvent.findMany({
      distinct: ["action"],
      orderBy: { action: "asc" },
      select: { action: true },
    });
    return { people, actions: actions.map(({ action }) => action) };
  });
}
