/** Pure: what may be asked of the audit log, and the cursor that goes on from an entry. */
import { z } from "zod";
import { AppError } from "../errors";

const day = z.iso.date("Give a day as 2026-11-24.");

export const auditInput = z.strictObject({
  clerkUserIds: z.array(z.string().min(1).max(100)).max(100).optional(),
  actions: z.array(z.string().min(1).max(100)).max(100).optional(),
  /** UTC days, both included. */
  from: day.optional(),
  to: day.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});

export type AuditInput = z.infer<typeof auditInput>;

/** Where a page ended. Newest first; entries of one moment in the order of their ids. */
export interface AuditCursor {
  at: Date;
  id: string;
}

const DAY_MS = 86_400_000;

/** The moments that the days of a filter stand for: from the first's beginning, up to and without the day after the last. */
export function momentsOf({ from, to }: Pick<AuditInput, "from" | "to">): { gte?: Date; lt?: Date } {
  return {
    ...(from && { gte: new Date(from) }),
    ...(to && { lt: new Date(Date.parse(to) + DAY_MS) }),
  };
}

export function writeCursor({ at, id }: AuditCursor): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString("base64url");
}

/** Throws BAD_REQUEST for a cursor that is not ours. */
export function readCursor(text: string): AuditCursor {
  const [moment = "", id] = Buffer.from(text, "base64url").toString("utf8").split(" ");
  const at = new Date(moment);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(moment) && !Number.isNaN(at.getTime()) && id && !id.includes("\0"))
    return { at, id };
  const message = "This cursor is not valid. Start again from the first page.";
  throw new AppError("BAD_REQUEST", message, { fields: { cursor: message } });
}
