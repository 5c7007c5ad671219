/** Pure: the stack list as lines, nested stacks under their root. */
import type { NestedStackRow, StackRow } from "@/server/drift/views";

export interface StackLine {
  stack: StackRow | NestedStackRow;
  /** A nested stack's without that of its root, with which CloudFormation begins it: "…-Database-1ABC". */
  shortName: string;
  /** 0 for a root, or where stacks stand for themselves. */
  depth: number;
  nested: StackRow["nested"];
  isUnfolded: boolean;
}

/** The rows with the nested stacks of those roots that are unfolded. */
export function stackLines(rows: StackRow[], unfolded: string[]): StackLine[] {
  return rows.flatMap((stack) => {
    const isUnfolded = stack.nested !== null && unfolded.includes(stack.id);
    const { stackName } = stack;
    const root = { stack, shortName: stackName, depth: 0, nested: stack.nested, isUnfolded };
    if (!isUnfolded || !stack.nested) return [root];
    const nested = stack.nested.stacks.map((row) => ({
      stack: row,
      shortName: row.stackName.startsWith(`${stackName}-`)
        ? `…${row.stackName.slice(stackName.length)}`
        : row.stackName,
      depth: row.depth,
      nested: null,
      isUnfolded,
    }));
    return [root, ...nested];
  });
}

/** The stacks that a line's box stands for: a folded root speaks for what is nested in it. */
export function stacksOf({ stack, nested, isUnfolded }: StackLine): (StackRow | NestedStackRow)[] {
  return nested && !isUnfolded ? [stack, ...nested.stacks] : [stack];
}
