import { ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { plural } from "@/components/ui/figure-text";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Severity } from "./severity";
import type { ShownPreview } from "./use-ignore-preview";

interface IgnorePreviewProps {
  shown: ShownPreview;
  /** Said beside the field that it is about, and not here. */
  isSaidElsewhere?: boolean;
}

/** What a rule would hide now, before it is saved; loud where that is something bad. */
export function IgnorePreview({ shown: { preview, isCurrent, error, retry }, isSaidElsewhere }: IgnorePreviewProps) {
  if (error)
    return (
      !isSaidElsewhere && (
        <Notice
          tone="bad"
          action={
            error.isWorthRetrying && (
              <Button size="sm" onClick={retry}>
                Try again
              </Button>
            )
          }
        >
          {error.message}
        </Notice>
      )
    );
  if (!preview) return <Skeleton className="h-9 rounded-md" />;
  const { differences, resources, stacks, examples, warning } = preview;
  return (
    <div className={cn("flex flex-col gap-2", !isCurrent && "opacity-60")}>
      <details className="group rounded-md border">
        <summary className="flex list-none items-center gap-2 rounded-md px-3 py-2 text-sm -outline-offset-2 hover:bg-hover">
          <ChevronRight className="size-4 shrink-0 text-faint transition-transform group-open:rotate-90" aria-hidden />
          <span role="status" className="figures">
            {differences === 0
              ? "Hides nothing now."
              : `Hides ${plural(differences, "difference")} of ${plural(resources, "resource")} in ${plural(stacks, "stack")} now.`}
          </span>
        </summary>
        {examples.length > 0 && (
          <ul className="max-h-48 divide-y overflow-y-auto border-t text-xs">
            {examples.map((example) => (
              <li
                key={`${example.stackId} ${example.logicalId} ${example.path}`}
                className="flex flex-wrap items-baseline gap-x-3 px-3 py-1.5"
              >
                <Severity severity={example.severity} className="w-18 self-center" />
                <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                  {example.logicalId} <code className="font-mono">{example.path}</code>
                </span>
                <span className="text-muted">
                  {example.stackName}, <span className="figures">{example.awsAccountId}</span>
                  {example.isIgnoredAlready && ", ignored already"}
                </span>
              </li>
            ))}
          </ul>
        )}
      </details>
      {warning && <Notice tone="warn">{warning}</Notice>}
    </div>
  );
}
