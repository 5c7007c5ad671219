import type { PropertyDifference, StackResourceDrift } from "@aws-sdk/client-cloudformation";
import type { Properties, StackResource } from "../stack-contents";

type Compared = Omit<StackResourceDrift, "StackId" | "Timestamp">;

/** Pure: what a detection says about one resource. Only declared properties are compared, never defaults. */
export function compare(resource: StackResource): Compared {
  const { logicalId, physicalId, type, declared, live, cannotCompare } = resource;
  const about = { LogicalResourceId: logicalId, PhysicalResourceId: physicalId, ResourceType: type };
  if (cannotCompare)
    return { ...about, StackResourceDriftStatus: cannotCompare.status, DriftStatusReason: cannotCompare.reason };
  // A deleted resource carries neither side.
  if (live === null) return { ...about, StackResourceDriftStatus: "DELETED" };
  const actual = Object.fromEntries(Object.entries(live).filter(([name]) => name in declared));
  const differences = differencesOf(declared, actual, "");
  return {
    ...about,
    StackResourceDriftStatus: differences.length > 0 ? "MODIFIED" : "IN_SYNC",
    // Both sides are JSON in a string.
    ExpectedProperties: JSON.stringify(declared),
    ActualProperties: JSON.stringify(actual),
    PropertyDifferences: differences,
  };
}

function differencesOf(expected: unknown, actual: unknown, path: string): PropertyDifference[] {
  if (isContainer(expected) && isContainer(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return keys.flatMap((key) => differencesOf(expected[key], actual[key], `${path}/${escape(key)}`));
  }
  if (JSON.stringify(expected) === JSON.stringify(actual)) return [];
  const DifferenceType = expected === undefined ? "ADD" : actual === undefined ? "REMOVE" : "NOT_EQUAL";
  return [{ PropertyPath: path, ExpectedValue: text(expected), ActualValue: text(actual), DifferenceType }];
}

/** An array is a container by its indexes. */
function isContainer(value: unknown): value is Properties {
  return typeof value === "object" && value !== null;
}

/** AWS writes `null` for the side that is not there, and plain text without quotes. */
function text(value: unknown): string {
  if (value === undefined) return "null";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** As JSON Pointers escape their two special characters. */
function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
