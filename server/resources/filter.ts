/** Pure: what may be asked of the resource list, and the cursor that goes on from a row. */
import { z } from "zod";
import { AppError } from "../errors";

const names = z.array(z.string().min(1).max(200)).max(100);

export const resourceFilter = z.strictObject({
  types: names.optional(),
  accountIds: names.optional(),
  regions: names.optional(),
  states: names.optional(),
  /** `key` or `key=value` */
  tags: z.array(z.string().min(1).max(400)).max(20).optional(),
  presence: z.enum(["live", "gone", "all"]).default("live"),
  search: z.string().trim().max(200, "Search for at most 200 characters.").optional(),
});

export type ResourceFilter = z.infer<typeof resourceFilter>;

export const sortKeys = ["name", "type", "region", "state", "firstSeenAt", "lastChangedAt"] as const;
export type SortKey = (typeof sortKeys)[number];

export const resourceListInput = z.strictObject({
  filter: resourceFilter.prefault({}),
  sort: z.enum(sortKeys).default("name"),
  direction: z.enum(["asc", "desc"]).default("asc"),
  cursor: z.string().max(2000).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});

export type ResourceListInput = z.infer<typeof resourceListInput>;

/** Where a page ended: the sorted value and the row's id, with the order that they belong to. */
export interface Cursor {
  sort: SortKey;
  direction: "asc" | "desc";
  value: string;
  id: string;
}

const cursorShape = z.tuple([z.enum(sortKeys), z.enum(["asc", "desc"]), z.string(), z.string()]);

export function writeCursor({ sort, direction, value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, direction, value, id])).toString("base64url");
}

/** Throws BAD_REQUEST for a cursor that is not ours or belongs to another order. */
export function readCursor(text: string, order: Pick<Cursor, "sort" | "direction">): Cursor {
  const wrong = (message: string) => new AppError("BAD_REQUEST", message, { fields: { cursor: message } });
  let parsed;
  try {
    parsed = cursorShape.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong("This cursor is not valid. Start again from the first page.");
    throw error;
  }
  if (!parsed.success) throw wrong("This cursor is not valid. Start again from the first page.");
  const [sort, direction, value, id] = parsed.data;
  if (sort !== order.sort || direction !== order.direction)
    throw wrong("This cursor belongs to another sort order. Start again from the first page.");
  if (sort.endsWith("At") && Number.isNaN(Date.parse(value)))
    throw wrong("This cursor is not valid. Start again from the first page.");
  return { sort, direction, value, id };
}

/** `key=value` taken apart at its first equals sign; a bare key has no value. */
export function readTag(tag: string): { key: string; value: string | null } {
  const at = tag.indexOf("=");
  return at < 0 ? { key: tag, value: null } : { key: tag.slice(0, at), value: tag.slice(at + 1) };
}
