/** Pure: what differs between a template and reality, by JSON Pointer (RFC 6901). */
import type { Json } from "../aws/collectors/define";

/** As it is stored of a resource. Absent sides are null: `expected` of an ADD, `actual` of a REMOVE. */
export interface PropertyDifference {
  path: string;
  /** Members of a list that have a key are named by it, as a list's order is chance: `/Tags[Owner]/Value`. */
  stablePath: string;
  type: "ADD" | "REMOVE" | "NOT_EQUAL";
  expected: Json | null;
  actual: Json | null;
}

type Difference = Omit<PropertyDifference, "stablePath">;

/** What AWS tells of one difference (PropertyDifference in the CloudFormation API reference): both values as text. */
export interface ToldDifference {
  path: string;
  type: string;
  expected: string;
  actual: string;
}

/**
 * What differs, in the order of the template. ADD: only in reality; REMOVE: only in the template; NOT_EQUAL: in both.
 * Equal members of a list are found wherever they stand, because AWS returns many lists in an order of its own.
 */
export function differences(expected: Json | undefined, actual: Json | undefined, path = ""): Difference[] {
  if (canonical(expected) === canonical(actual)) return [];
  if (Array.isArray(expected) && Array.isArray(actual)) return listDifferences(expected, actual, path);
  if (isRecord(expected) && isRecord(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return keys.flatMap((key) => differences(own(expected, key), own(actual, key), `${path}/${escape(key)}`));
  }
  if (expected === undefined) return [{ path, type: "ADD", expected: null, actual: actual ?? null }];
  if (actual === undefined) return [{ path, type: "REMOVE", expected, actual: null }];
  return [{ path, type: "NOT_EQUAL", expected, actual }];
}

/**
 * What differs of a resource that AWS calls MODIFIED, never nothing: AWS's own list where it gives one, with the values from both
 * sides; computed where it gives none; the resource as a whole where neither says what differs.
 */
export function differencesOf(
  expected: Json | null,
  actual: Json | null,
  told: ToldDifference[] | null,
): PropertyDifference[] {
  const found: Difference[] = told?.length
    ? told.map((one) => ({
        path: one.path,
        type: typeOf(one.type),
        expected: one.type === "ADD" ? null : (valueAt(expected, one.path) ?? readTold(one.expected)),
        actual: one.type === "REMOVE" ? null : (valueAt(actual, one.path) ?? readTold(one.actual)),
      }))
    : untoldDifferences(expected, actual);
  return found.map((one) => ({ ...one, stablePath: stablePathOf(one, expected, actual) }));
}

/** Stands for the whole resource, as RFC 6901's empty pointer is a deletion's here. No property of AWS's has an empty name. */
const WHOLE = "/";

function untoldDifferences(expected: Json | null, actual: Json | null): Difference[] {
  if (isRecord(expected) && isRecord(actual)) {
    const byProperty = differences(expected, actual);
    const found = byProperty.length > 0 ? byProperty : reordered(expected, actual);
    if (found.length > 0) return found;
  }
  return [{ path: WHOLE, type: "NOT_EQUAL", expected, actual }];
}

/** Of sides without other differences: the properties whose lists are in another order, as that is all that AWS can mean. */
function reordered(expected: Record<string, Json>, actual: Record<string, Json>): Difference[] {
  return Object.keys(expected)
    .filter((key) => canonical(expected[key]) !== canonical(actual[key]))
    .map((key) => ({ path: `/${escape(key)}`, type: "NOT_EQUAL", expected: expected[key]!, actual: actual[key]! }));
}

/** The value at a JSON Pointer, or undefined where there is none. */
export function valueAt(document: Json | null, path: string): Json | undefined {
  let at: Json | undefined = document ?? undefined;
  for (const segment of segmentsOf(path)) {
    at = own(at, segment);
  }
  return at;
}

export function segmentsOf(path: string): string[] {
  return path
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** One text for equal values, whatever the order of their members. */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

function listDifferences(expected: Json[], actual: Json[], path: string): Difference[] {
  const left = new Map(expected.map((member, at) => [at, member]));
  const right = new Map(actual.map((member, at) => [at, member]));
  const places = new Map<string, number[]>();
  for (const [at, member] of right) places.set(canonical(member), [...(places.get(canonical(member)) ?? []), at]);
  for (const [at, member] of left) {
    const twin = places.get(canonical(member))?.shift();
    if (twin === undefined) continue;
    left.delete(at);
    right.delete(twin);
  }
  return [
    ...[...left].flatMap(([at, member]) => differences(member, right.get(at), `${path}/${at}`)),
    ...[...right]
      .filter(([at]) => !left.has(at))
      .flatMap(([at, member]) => differences(undefined, member, `${path}/${at}`)),
  ];
}

function stablePathOf({ path, type }: Difference, expected: Json | null, actual: Json | null): string {
  let at: Json | undefined = (type === "ADD" ? actual : expected) ?? undefined;
  let stable = "";
  for (const segment of segmentsOf(path)) {
    const isList = Array.isArray(at);
    at = own(at, segment);
    const member = isList ? at : undefined;
    const key = identifying.map((name) => own(member, name)).find(isText);
    stable += key ? `[${key}]` : `/${escape(segment)}`;
  }
  return stable;
}

/** What CloudFormation's own lists are keyed by: tags, environments, parameters, statements, disks. */
const identifying = ["Key", "Name", "ParameterName", "ParameterKey", "Sid", "DeviceName", "IndexName", "AttributeName"];

function typeOf(told: string): Difference["type"] {
  return told === "ADD" || told === "REMOVE" ? told : "NOT_EQUAL";
}

/** AWS writes numbers, booleans and structures as JSON, and plain text without quotes. */
function readTold(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** A member by its name or index; never what an object inherits, as a template may call a property `valueOf`. */
function own(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, Json>)[key];
}

export function isRecord(value: Json | null | undefined): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
