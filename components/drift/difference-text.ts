/** Pure: a difference as text. */
import { shortenMiddle } from "@/components/ui/shorten-middle";
import type { JsonValue } from "@/components/ui/tree-match";
import type { PropertyDrift, ResourceDrift } from "@/server/drift/views";
import { differenceWords, severityWords } from "./drift-words";

const SHORT = 90;

/** A value on one line, its middle left out where it is long; null where a side has none. */
export function shortValue(value: JsonValue | null): string | null {
  return value === null ? null : shortenMiddle(typeof value === "string" ? value : JSON.stringify(value), SHORT);
}

/** A difference to paste into a message: what, where, and both values whole. */
export function differenceText(
  { logicalId, type }: Pick<ResourceDrift, "logicalId" | "type">,
  difference: PropertyDrift,
): string {
  const { path, expected, actual, severity, because } = difference;
  const side = (name: string, value: JsonValue | null) =>
    value === null ? [] : [`${name}: ${typeof value === "string" ? value : JSON.stringify(value, null, 2)}`];
  return [
    `${logicalId} (${type})`,
    `${differenceWords[difference.type]} ${path}: ${severityWords[severity]}, ${because}`,
    ...side("Template", expected),
    ...side("Reality", actual),
  ].join("\n");
}
