import { CodeBlock } from "@/components/ui/code-block";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { DetectionSummary } from "@/server/drift/views";

/** Why the last detection has no result, or not a whole one; a missing permission with the statement that grants it. */
export function FailureNotice({ detection, accountName }: { detection: DetectionSummary; accountName: string }) {
  const { failure, status, completedAt, coverage } = detection;
  if (!failure) return null;
  return (
    <div className="flex flex-col gap-2">
      <Notice tone={status === "CANCELLED" ? "unknown" : "bad"}>
        The detection {status === "CANCELLED" ? "was cancelled" : "failed"}
        {completedAt && (
          <>
            {" "}
            <Time at={completedAt} />
          </>
        )}
        . {failure.reason}
        {coverage && coverage.checked > 0 && " What it had checked by then is shown below."}
      </Notice>
      {failure.statement && (
        <CodeBlock name={`Add this statement to the role in ${accountName}`} code={failure.statement} />
      )}
    </div>
  );
}
