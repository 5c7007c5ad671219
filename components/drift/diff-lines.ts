/** Pure: a resource as the template has it and as it is, line by line beside each other. */
import type { JsonValue } from "@/components/ui/tree-match";

/** What is needed of a difference to mark it. */
export interface Marked {
  path: string;
  type: "ADD" | "REMOVE" | "NOT_EQUAL";
}

export interface DiffSide {
  /** Counted from 1 on its own side. */
  number: number;
  /** `"FromPort": `, or nothing in a list. */
  name: string;
  /** `22`, `{`, `],` */
  value: string;
}

export interface DiffLine {
  left: DiffSide | null;
  right: DiffSide | null;
  indent: number;
  /** apart: the sides read differently and AWS counts them as equal, as with the order of a policy's statements. */
  mark: "same" | "changed" | "removed" | "added" | "apart";
  /** Set on the first line of a difference: its path. */
  anchor: string | null;
}

interface Place {
  value: JsonValue;
  path: string;
  isLast: boolean;
}

/**
 * Both values as JSON, their keys in order, what belongs together on one line. Marked is what the differences name: a
 * list is lined up by them too, so that the second member of one side stands beside the second of the other unless a
 * difference says that a member was added or removed. Where a difference names a path that neither side has, every
 * line that differs is marked, so that nothing stays unseen.
 */
export function diffLines(expected: JsonValue, actual: JsonValue, differences: Marked[]): DiffLine[] {
  const added = new Set(differences.filter(({ type }) => type === "ADD").map(({ path }) => path));
  const others = new Set(differences.filter(({ type }) => type !== "ADD").map(({ path }) => path));
  const lines: DiffLine[] = [];
  const found = new Set<string>();
  let leftNumber = 0;
  let rightNumber = 0;

  function push(indent: number, name: string, left: string | null, right: string | null, isCovered: boolean): void {
    const mark = left === right ? "same" : !isCovered ? "apart" : !left ? "added" : !right ? "removed" : "changed";
    lines.push({
      left: left === null ? null : { number: ++leftNumber, name, value: left },
      right: right === null ? null : { number: ++rightNumber, name, value: right },
      indent,
      mark,
      anchor: null,
    });
  }

  function walk(name: string, left: Place | null, right: Place | null, indent: number, isInside: boolean): void {
    const hit =
      left && others.has(left.path) ? left.path : right && added.has(right.path) && !left ? right.path : undefined;
    const isCovered = isInside || hit !== undefined;
    const first = lines.length;
    if (left && right && isSameKind(left.value, right.value)) {
      const [open, close] = Array.isArray(left.value) ? ["[", "]"] : ["{", "}"];
      push(indent, name, open, open, isCovered);
      for (const pair of membersOf(left, right, added, others))
        walk(pair.name, pair.left, pair.right, indent + 1, isCovered);
      // Only a comma may tell the ends apart, which is nobody's difference.
      push(indent, "", close + comma(left), close + comma(right), false);
      const end = lines.at(-1)!;
      end.mark = "same";
    } else {
      const leftLines = left ? print(left.value, comma(left)) : [];
      const rightLines = right ? print(right.value, comma(right)) : [];
      for (let index = 0; index < Math.max(leftLines.length, rightLines.length); index += 1) {
        const [mine, theirs] = [leftLines[index], rightLines[index]];
        const deeper = mine?.indent ?? theirs?.indent ?? 0;
        const called = index === 0 ? name : (mine?.name ?? theirs?.name ?? "");
        push(indent + deeper, called, mine?.value ?? null, theirs?.value ?? null, isCovered);
        const line = lines.at(-1)!;
        if (line.left && line.right && index > 0) line.right.name = theirs?.name ?? "";
        if (line.mark !== "same" && bare(mine?.value) === bare(theirs?.value)) line.mark = "same";
      }
    }
    if (hit === undefined) return;
    found.add(hit);
    const start = lines.slice(first).find(({ mark }) => mark !== "same") ?? lines[first];
    if (start) start.anchor = hit;
  }

  walk("", { value: expected, path: "", isLast: true }, { value: actual, path: "", isLast: true }, 0, false);
  if (found.size < new Set([...added, ...others]).size)
    for (const line of lines)
      if (line.mark === "apart") line.mark = !line.left ? "added" : !line.right ? "removed" : "changed";
  return lines;
}

/** One side alone, such as a deleted resource's template. */
export function sideLines(value: JsonValue): DiffLine[] {
  return print(value, "").map(({ name, value: text, indent }, index) => ({
    left: { number: index + 1, name, value: text },
    right: null,
    indent,
    mark: "removed",
    anchor: null,
  }));
}

const comma = ({ isLast }: Place) => (isLast ? "" : ",");
const bare = (text: string | undefined) => text?.replace(/,$/, "");

function isSameKind(a: JsonValue, b: JsonValue): boolean {
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  // An empty one is printed on one line, so it cannot share its brackets with one that is not.
  return Array.isArray(a) === Array.isArray(b) && Object.keys(a).length > 0 && Object.keys(b).length > 0;
}

interface Pair {
  name: string;
  left: Place | null;
  right: Place | null;
}

function membersOf(left: Place, right: Place, added: Set<string>, others: Set<string>): Pair[] {
  if (Array.isArray(left.value) && Array.isArray(right.value)) {
    const mine = left.value.map((value, index) => placeIn(left, String(index), value));
    const theirs = right.value.map((value, index) => placeIn(right, String(index), value));
    return lineUp(mine, theirs, added, others);
  }
  const [mine, theirs] = [fieldsOf(left), fieldsOf(right)];
  return [...new Set([...mine.keys(), ...theirs.keys()])].sort().map((key) => ({
    name: `${JSON.stringify(key)}: `,
    left: mine.get(key) ?? null,
    right: theirs.get(key) ?? null,
  }));
}

/** The lists' members side by side: what was removed or added stands alone, all others in their order. */
function lineUp(mine: Place[], theirs: Place[], added: Set<string>, others: Set<string>): Pair[] {
  const surplus = mine.length - theirs.length;
  const pairs: Pair[] = [];
  const left = [...mine];
  const right = [...theirs];
  let spare = Math.max(0, surplus);
  while (left.length > 0 || right.length > 0) {
    const [own, other] = [left[0], right[0]];
    if (other && added.has(other.path)) pairs.push({ name: "", left: null, right: right.shift()! });
    else if (own && (!other || (spare > 0 && others.has(own.path)))) {
      spare -= 1;
      pairs.push({ name: "", left: left.shift()!, right: null });
    } else pairs.push({ name: "", left: left.shift() ?? null, right: right.shift() ?? null });
  }
  return pairs;
}

function fieldsOf(place: Place): Map<string, Place> {
  const { value } = place;
  const entries = value !== null && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([key, child], index) => [key, placeIn(place, key, child, index === sorted.length - 1)]));
}

function placeIn(parent: Place, key: string, value: JsonValue, isLast?: boolean): Place {
  return {
    value,
    path: `${parent.path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    isLast: isLast ?? (Array.isArray(parent.value) && Number(key) === parent.value.length - 1),
  };
}

/** As JSON.stringify would print it, with the keys in order, each line taken apart into its name and its value. */
function print(value: JsonValue, tail: string): { name: string; value: string; indent: number }[] {
  if (value === null || typeof value !== "object")
    return [{ name: "", value: JSON.stringify(value) + tail, indent: 0 }];
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const children: [string, JsonValue][] = Array.isArray(value)
    ? value.map((child) => ["", child])
    : Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, child]) => [`${JSON.stringify(key)}: `, child]);
  if (children.length === 0) return [{ name: "", value: open + close + tail, indent: 0 }];
  const inner = children.flatMap(([name, child], index) =>
    print(child, index < children.length - 1 ? "," : "").map((line, at) => ({
      name: at === 0 ? name : line.name,
      value: line.value,
      indent: line.indent + 1,
    })),
  );
  return [{ name: "", value: open, indent: 0 }, ...inner, { name: "", value: close + tail, indent: 0 }];
}
