/** Pure: which lines of a difference are shown, and which are folded away. */
import type { DiffLine } from "./diff-lines";

export interface DiffPart {
  isFold: boolean;
  lines: DiffLine[];
}

/** Two lines around what is marked; fewer than this many are not worth a fold. */
const CONTEXT = 2;
const WORTH_FOLDING = 3;

/**
 * The lines in parts, unchanged ones folded. Beside the surroundings of a marked line, those lines stay that lead to it:
 * `"SecurityGroupIngress": [` tells where a port belongs. Without a marked line nothing is folded.
 */
export function foldLines(lines: DiffLine[]): DiffPart[] {
  if (lines.every(({ mark }) => mark === "same" || mark === "apart")) return [{ isFold: false, lines }];
  const kept = new Set<number>();
  lines.forEach(({ mark }, index) => {
    if (mark === "same" || mark === "apart") return;
    for (let near = index - CONTEXT; near <= index + CONTEXT; near += 1) kept.add(near);
    for (const above of ancestors(lines, index)) kept.add(above);
  });
  const parts: DiffPart[] = [];
  for (const [index, line] of lines.entries()) {
    const isFold = !kept.has(index);
    const last = parts.at(-1);
    if (last?.isFold === isFold) last.lines.push(line);
    else parts.push({ isFold, lines: [line] });
  }
  return joined(parts.map((part) => ({ ...part, isFold: part.isFold && part.lines.length >= WORTH_FOLDING })));
}

/** What a fold hides. A line that differs and is not marked is one that does not count: a rule ignores it, or AWS does. */
export function foldText(lines: DiffLine[]): string {
  const apart = lines.filter(({ mark }) => mark === "apart").length;
  if (apart === 0) return `${lines.length} unchanged lines`;
  return `${lines.length} lines, ${apart} of which ${apart === 1 ? "differs and does" : "differ and do"} not count`;
}

/** The lines that open what this one lies in. */
function ancestors(lines: DiffLine[], index: number): number[] {
  const above: number[] = [];
  let indent = lines[index]!.indent;
  for (let at = index - 1; at >= 0 && indent > 0; at -= 1)
    if (lines[at]!.indent < indent) {
      indent = lines[at]!.indent;
      above.push(at);
    }
  return above;
}

/** Neighbours that are both shown as one part. */
function joined(parts: DiffPart[]): DiffPart[] {
  const out: DiffPart[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last && !last.isFold && !part.isFold) last.lines.push(...part.lines);
    else out.push({ ...part, lines: [...part.lines] });
  }
  return out;
}
