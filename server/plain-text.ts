/** Pure: what PostgreSQL can hold as text. */
import { AppError } from "./errors";

/**
 * Throws BAD_REQUEST where a text anywhere in `input` has a NUL or half of a surrogate pair: PostgreSQL has no place for either, and
 * would fail on them long after the door.
 */
export function assertPlainText(input: unknown): void {
  if (isPlain(input)) return;
  throw new AppError(
    "BAD_REQUEST",
    "The input has characters that are not text: NUL, or half of a pair. Take them out.",
  );
}

function isPlain(value: unknown): boolean {
  if (typeof value === "string") return !/[\0\p{Cs}]/u.test(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).flat().every(isPlain);
}
