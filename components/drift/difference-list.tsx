"use client";
import { EyeOff } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copyable";
import type { PropertyDrift, ResourceDrift } from "@/server/drift/views";
import { differenceText, shortValue } from "./difference-text";
import { differenceWords } from "./drift-words";
import { NewBadge } from "./new-badge";
import { Severity } from "./severity";

interface DifferenceListProps {
  resource: ResourceDrift;
  differences: PropertyDrift[];
  /** Offered where the differences are the latest; a rule for what is long gone helps nobody. */
  onIgnore?(difference: PropertyDrift): void;
}

/** What differs, property by property, the worst first: how bad, where, both values in short, and why it matters. */
export function DifferenceList({ resource, differences, onIgnore }: DifferenceListProps) {
  return (
    <ul className="divide-y rounded-md border text-sm">
      {differences.map((difference) => (
        <li
          key={`${difference.type} ${difference.path}`}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5"
        >
          <Severity severity={difference.severity} className="w-20 text-xs" />
          <div className="flex min-w-0 flex-1 basis-72 flex-col">
            <span className="flex flex-wrap items-baseline gap-x-2">
              <span className="text-xs text-muted">{differenceWords[difference.type]}</span>
              <code className="font-mono text-xs font-medium [overflow-wrap:anywhere]" title={difference.path}>
                {difference.stablePath}
              </code>
              {difference.isNew && <NewBadge />}
            </span>
            <Values difference={difference} />
            {difference.ignoredBy && (
              <span className="text-xs text-muted">
                Ignored by{" "}
                <Link
                  href={`/drift/ignore-rules#${difference.ignoredBy.ruleId}`}
                  className="underline underline-offset-4"
                >
                  a rule
                </Link>
                : {difference.ignoredBy.reason}
              </span>
            )}
          </div>
          <span className="text-xs text-muted">{difference.because}</span>
          <span className="ml-auto flex items-center gap-1">
            <CopyButton text={differenceText(resource, difference)} name="difference" />
            {onIgnore && !difference.ignoredBy && (
              <Button
                size="sm"
                tone="quiet"
                onClick={() => onIgnore(difference)}
                aria-label={`Ignore ${difference.stablePath}`}
              >
                <EyeOff aria-hidden />
                Ignore
              </Button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Values({ difference: { expected, actual } }: { difference: PropertyDrift }) {
  const [before, after] = [shortValue(expected), shortValue(actual)];
  return (
    <span className="font-mono text-xs [overflow-wrap:anywhere]">
      {before !== null && (
        <del className="rounded-sm bg-bad-soft px-1 no-underline">
          <span className="sr-only">Template: </span>
          {before}
        </del>
      )}
      {before !== null && after !== null && <span aria-hidden> → </span>}
      {after !== null && (
        <ins className="rounded-sm bg-ok-soft px-1 no-underline">
          <span className="sr-only">Reality: </span>
          {after}
        </ins>
      )}
    </span>
  );
}
