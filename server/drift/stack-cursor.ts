/** Pure: the cursor that goes on from a stack of the list. */
import { z } from "zod";
import { AppError } from "../errors";
import { stackSortKeys, type StackSortKey } from "./filter";

/** Where a page ended: the sorted value and the row's id, with the order that they belong to. */
export interface StackCursor {
  sort: StackSortKey;
  direction: "asc" | "desc";
  value: string;
  id: string;
}

const cursorShape = z.tuple([z.enum(stackSortKeys), z.enum(["asc", "desc"]), z.string(), z.string()]);

export function writeStackCursor({ sort, direction, value, id }: StackCursor): string {
  return Buffer.from(JSON.stringify([sort, direction, value, id])).toString("base64url");
}

/** Throws BAD_REQUEST for a cursor that is not ours or belongs to another order. */
export function readStackCursor(text: string, order: Pick<StackCursor, "sort" | "direction">): StackCursor {
  const message = "This cursor is not valid here. Start again from the first page.";
  const wrong = () => new AppError("BAD_REQUEST", message, { fields: { cursor: message } });
  let parsed;
  try {
    parsed = cursorShape.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong();
    throw error;
  }
  if (!parsed.success) throw wrong();
  const [sort, direction, value, id] = parsed.data;
  if (sort !== order.sort || direction !== order.direction) throw wrong();
  return { sort, direction, value, id };
}
