import { parseAsArrayOf, parseAsString } from "nuqs/server";

/** What a stack's page carries in its address: which detection is looked at, and which resources are open. */
export const detectionParams = {
  /** An earlier detection; the latest otherwise. */
  detection: parseAsString,
  /** Logical ids; the worst resource where nothing is said. */
  open: parseAsArrayOf(parseAsString),
};
