"use client";
import { UnfoldVertical } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copyable";
import type { JsonValue } from "@/components/ui/tree-match";
import { diffLines, sideLines, type DiffLine, type DiffSide, type Marked } from "./diff-lines";
import { foldLines, foldText } from "./fold-lines";

interface DiffViewProps {
  logicalId: string;
  expected: JsonValue | null;
  actual: JsonValue | null;
  /** Those that count; what a rule ignores is shown unmarked. */
  differences: Marked[];
}

/**
 * The template against reality: beside each other, and one below the other where there is no room. Lines are paired by
 * what they say, not by where they stand; what did not change, or is ignored, is folded.
 */
export function DiffView({ logicalId, expected, actual, differences }: DiffViewProps) {
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const parts = useMemo(() => {
    if (expected === null) return [];
    return foldLines(actual === null ? sideLines(expected) : diffLines(expected, actual, differences));
  }, [expected, actual, differences]);
  if (expected === null)
    return <p className="text-sm text-muted">AWS gave neither the template’s properties nor the real ones.</p>;
  return (
    <div
      role="table"
      aria-label={`${logicalId}: template against reality`}
      className="overflow-hidden rounded-md border font-mono text-xs leading-5"
    >
      <div role="row" className="grid border-b bg-inset font-sans md:grid-cols-2">
        <Head name="Template" note="as declared" copied={expected} />
        <Head name="Reality" note={actual === null ? "deleted" : "as it is"} copied={actual} className="md:border-l" />
      </div>
      {parts.map(({ isFold, lines }, index) =>
        isFold && !unfolded.has(index) ? (
          <div role="row" key={index} className="border-y first:border-t-0 last:border-b-0">
            <div role="cell">
              <button
                type="button"
                onClick={() => setUnfolded(new Set([...unfolded, index]))}
                className="flex h-7 w-full items-center gap-2 bg-accent-soft/50 px-3 font-sans text-muted -outline-offset-2 hover:bg-accent-soft hover:text-ink"
              >
                <UnfoldVertical className="size-3.5" aria-hidden />
                {foldText(lines)}
              </button>
            </div>
          </div>
        ) : (
          lines.map((line) => <Line key={`${line.left?.number} ${line.right?.number}`} line={line} />)
        ),
      )}
    </div>
  );
}

function Head({
  name,
  note,
  copied,
  className,
}: {
  name: string;
  note: string;
  copied: JsonValue | null;
  className?: string;
}) {
  const id = useId();
  return (
    <div role="columnheader" aria-labelledby={id} className={cn("flex h-8 items-center gap-2 pr-1 pl-3", className)}>
      <span id={id} className="font-medium">
        {name}
      </span>
      <span className="flex-1 text-muted">{note}</span>
      {copied !== null && <CopyButton text={JSON.stringify(copied, null, 2)} name={`${name.toLowerCase()} as JSON`} />}
    </div>
  );
}

const changed = { left: "bg-bad-soft", right: "bg-ok-soft" };

/** Narrow: an unchanged line is drawn once, and a changed one below the line that it replaces. */
function Line({ line: { left, right, mark, indent, anchor } }: { line: DiffLine }) {
  const isMarked = mark !== "same" && mark !== "apart";
  return (
    <div role="row" data-difference={anchor ?? undefined} className="grid md:grid-cols-2">
      <Side
        side={left}
        indent={indent}
        sign={isMarked && left ? "−" : mark === "apart" && left && right ? "≈" : ""}
        isEmphatic={mark === "changed"}
        className={cn(
          isMarked && left && changed.left,
          !isMarked && right && "max-md:hidden",
          !left && "max-md:hidden",
        )}
      />
      <Side
        side={right}
        indent={indent}
        sign={isMarked && right ? "+" : mark === "apart" && left && right ? "≈" : ""}
        isEmphatic={mark === "changed"}
        className={cn("md:border-l", isMarked && right && changed.right, !right && "max-md:hidden")}
      />
    </div>
  );
}

const said: Record<string, string> = {
  "−": "In the template: ",
  "+": "In reality: ",
  "≈": "Written differently, and counted as equal: ",
};

function Side({
  side,
  indent,
  sign,
  isEmphatic,
  className,
}: {
  side: DiffSide | null;
  indent: number;
  sign: string;
  isEmphatic: boolean;
  className?: string;
}) {
  if (!side) return <div role="cell" className={cn("bg-inset", className)} />;
  const strong = sign === "−" ? "bg-bad/20" : sign === "+" ? "bg-ok/20" : undefined;
  return (
    <div role="cell" className={cn("flex min-w-0", className)}>
      <span aria-hidden className="w-10 shrink-0 pr-2 text-right text-faint figures select-none">
        {side.number}
      </span>
      <span className={cn("w-4 shrink-0 select-none", sign === "≈" && "text-faint")}>
        <span aria-hidden>{sign}</span>
        {sign && <span className="sr-only">{said[sign]}</span>}
      </span>
      <code
        className="min-w-0 flex-1 pr-3 [overflow-wrap:anywhere] whitespace-pre-wrap"
        style={{ paddingLeft: indent * 14 }}
      >
        <span className="text-muted">{side.name}</span>
        <span className={cn(isEmphatic && strong && `rounded-sm ${strong}`)}>{side.value}</span>
      </code>
    </div>
  );
}
