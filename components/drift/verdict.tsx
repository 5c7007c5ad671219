"use client";
import { cn } from "@/components/ui/cn";
import { Status, StatusShape } from "@/components/ui/status";
import { ExactTime } from "@/components/ui/time";
import { Tooltip } from "@/components/ui/tooltip";
import type { DriftJobView, DriftVerdict, StackDrift } from "@/server/drift/views";
import { jobWords, sourceText, verdictWords } from "./drift-words";

interface VerdictProps {
  drift: StackDrift;
  job: DriftJobView | null;
  /** The worst of a stack and what is nested in it, where these are folded. */
  rolledUp?: { verdict: DriftVerdict; count: number } | null;
  className?: string;
}

/** What is to be thought of a stack's drift; the tooltip says why, from whom and as of when. */
export function Verdict({ drift, job, rolledUp, className }: VerdictProps) {
  const { word, tone } = verdictWords[rolledUp?.verdict ?? drift.verdict];
  const isOfNested = rolledUp && rolledUp.verdict !== drift.verdict;
  return (
    <Tooltip content={<Explanation drift={drift} job={job} nested={isOfNested ? rolledUp.count : 0} />}>
      <span tabIndex={0} className={cn("inline-flex items-center gap-1.5 rounded-sm", className)}>
        <Status tone={tone}>
          {word}
          {isOfNested && <span className="font-normal text-muted"> nested</span>}
        </Status>
        {job && (
          <>
            <StatusShape tone={jobWords[job.status].tone} className="size-3" />
            <span className="sr-only">{jobWords[job.status].word}</span>
          </>
        )}
      </span>
    </Tooltip>
  );
}

function Explanation({ drift, job, nested }: { drift: StackDrift; job: DriftJobView | null; nested: number }) {
  const source = sourceText(drift);
  return (
    <span className="flex flex-col gap-1">
      <span className="font-medium">{drift.sentence}</span>
      {nested > 0 && <span>What is nested in it is worse than the stack itself. Unfold it to see.</span>}
      {source && <span>{source}</span>}
      {drift.asOf && (
        <span>
          <span className="text-muted">As of</span>
          <ExactTime at={drift.asOf} />
        </span>
      )}
      {job && <span>{job.message}</span>}
    </span>
  );
}
