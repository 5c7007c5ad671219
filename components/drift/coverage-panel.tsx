"use client";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Breakable } from "@/components/ui/breakable";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import { plural } from "@/components/ui/figure-text";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import type { Coverage, CoverageGap, DetectionDetail } from "@/server/drift/views";

const parts: { key: keyof Coverage; word: string; color: string }[] = [
  { key: "modified", word: "modified", color: "bg-bad" },
  { key: "deleted", word: "deleted", color: "bg-bad/60" },
  { key: "inSync", word: "in sync", color: "bg-ok" },
  { key: "unknown", word: "unknown", color: "bg-warn" },
  { key: "notChecked", word: "not part of it", color: "bg-line-strong" },
  { key: "unsupported", word: "no drift support", color: "bg-line" },
];

interface CoveragePanelProps {
  detection: DetectionDetail;
  /** Whether what is unknown may be asked for again: for the latest detection, with none under way. */
  canRecheck: boolean;
}

/** The verdict in a sentence, and how much of the stack it rests on. */
export function CoveragePanel({ detection, canRecheck }: CoveragePanelProps) {
  const { coverage, sentence, asOf, newDifferences, resolved } = detection;
  const notes = [
    !!newDifferences && `${plural(newDifferences, "new difference")} since the detection before.`,
    resolved.length > 0 && `${plural(resolved.length, "difference")} resolved since then.`,
  ].filter(Boolean);
  return (
    <Panel
      title="Verdict"
      note={
        asOf && (
          <>
            as of <Time at={asOf} />
          </>
        )
      }
    >
      <div className="flex flex-col gap-3 px-4 py-3 text-sm">
        <p className="text-base font-medium text-balance">{sentence}</p>
        {coverage && <CoverageBar coverage={coverage} />}
        {notes.length > 0 && <p className="text-muted figures">{notes.join(" ")}</p>}
        {coverage && coverage.unsupportedTypes.length > 0 && (
          <p className="text-xs text-muted">
            AWS cannot detect drift of <span className="font-mono">{coverage.unsupportedTypes.join(", ")}</span>.
          </p>
        )}
      </div>
      {coverage && coverage.gaps.length > 0 && (
        <Gaps coverage={coverage} detection={detection} canRecheck={canRecheck} />
      )}
    </Panel>
  );
}

function CoverageBar({ coverage }: { coverage: Coverage }) {
  const shown = parts.flatMap((part) => {
    const count = Number(coverage[part.key]);
    return count > 0 ? [{ ...part, count }] : [];
  });
  return (
    <div className="flex flex-col gap-1.5">
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full bg-inset">
        {shown.map(({ key, count, color }) => (
          <span key={key} className={color} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted">
        {shown.map(({ key, count, word, color }) => (
          <li key={key} className="inline-flex items-center gap-1.5 figures">
            <span aria-hidden className={cn("size-2 rounded-full", color)} />
            {count} {word}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Gaps({ coverage, detection, canRecheck }: CoveragePanelProps & { coverage: Coverage }) {
  const utils = trpc.useUtils();
  const recheck = trpc.drift.recheckUnknown.useMutation({
    onSuccess: () => utils.drift.invalidate(),
    onError: (error) => void toast.error(readError(error).message),
  });
  return (
    <div className="border-t">
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-1.5">
        <h3 className="flex-1 basis-64 text-sm font-medium">What could not be checked, and why</h3>
        {canRecheck && coverage.unknown > 0 && (
          <Button size="sm" isBusy={recheck.isPending} onClick={() => recheck.mutate({ stackId: detection.stack.id })}>
            Check {plural(coverage.unknown, "unknown resource")} again
          </Button>
        )}
      </div>
      <ul className="divide-y border-t">
        {coverage.gaps.map((gap) => (
          <li key={`${gap.action} ${gap.reason}`}>
            <Gap gap={gap} accountName={detection.stack.accountName} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Gap({ gap, accountName }: { gap: CoverageGap; accountName: string }) {
  return (
    <Disclosure
      summary={
        <>
          <span className="min-w-0 flex-1">
            {gap.action ? (
              <>
                Missing{" "}
                <code className="font-mono text-xs [overflow-wrap:anywhere]">
                  <Breakable name={gap.action} />
                </code>
              </>
            ) : (
              gap.reason
            )}
          </span>
          <span className="shrink-0 text-xs leading-5 text-muted figures">
            {plural(gap.logicalIds.length, "resource")}
          </span>
        </>
      }
    >
      <div className="flex flex-col gap-2 px-4 pb-3 text-sm sm:pl-10">
        <p className="[overflow-wrap:anywhere] text-muted">
          <span className="font-mono text-xs">{gap.logicalIds.join(", ")}</span>
          {gap.action && <>: {gap.reason}</>}
        </p>
        {gap.statement && <CodeBlock name={`Add this statement to the role in ${accountName}`} code={gap.statement} />}
      </div>
    </Disclosure>
  );
}
