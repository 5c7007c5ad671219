"use client";
import { ChevronRight, ExternalLink, EyeOff } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Copyable } from "@/components/ui/copyable";
import { plural } from "@/components/ui/figure-text";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { PropertyDrift, ResourceDrift } from "@/server/drift/views";
import { DiffView } from "./diff-view";
import { DifferenceList } from "./difference-list";
import { openAndIgnored } from "./drift-words";
import { NewBadge } from "./new-badge";
import { Severity } from "./severity";

interface ResourceItemProps {
  resource: ResourceDrift;
  isOpen: boolean;
  onToggle(): void;
  /** null for the resource as a whole, when it was deleted. */
  onIgnore?(difference: PropertyDrift | null): void;
}

/** One resource of a detection; open, it shows every difference and the template beside reality. */
export function ResourceItem({ resource, isOpen, onToggle, onIgnore }: ResourceItemProps) {
  const { open, ignored } = openAndIgnored(resource);
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className="flex min-h-9 w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-1.5 text-left text-sm -outline-offset-2 hover:bg-hover"
      >
        <ChevronRight
          className={cn("size-4 shrink-0 text-faint transition-transform", isOpen && "rotate-90")}
          aria-hidden
        />
        <span className="font-medium [overflow-wrap:anywhere]">{resource.logicalId}</span>
        <span className="min-w-0 truncate font-mono text-xs text-muted">{resource.type}</span>
        {(resource.isNew || open.some(({ isNew }) => isNew)) && <NewBadge />}
        <span className="ml-auto flex items-center gap-3 text-xs">
          <span className="text-muted figures">
            {[open.length > 0 && plural(open.length, "difference"), ignored.length > 0 && `${ignored.length} ignored`]
              .filter(Boolean)
              .join(", ")}
          </span>
          {resource.severity && <Severity severity={resource.severity} className="w-18" />}
        </span>
      </button>
      {isOpen && <Opened resource={resource} open={open} ignored={ignored} onIgnore={onIgnore} />}
    </li>
  );
}

interface OpenedProps extends Pick<ResourceItemProps, "resource" | "onIgnore"> {
  open: PropertyDrift[];
  ignored: PropertyDrift[];
}

function Opened({ resource, open, ignored, onIgnore }: OpenedProps) {
  const { expected, actual, driftStatus, reason, ignoredBy } = resource;
  const isDeleted = driftStatus === "DELETED";
  // What is marked, kept the same from one drawing to the next so that the lines are laid out once.
  const marked = useMemo(() => resource.differences.filter((each) => each.ignoredBy === null), [resource.differences]);
  return (
    <div className="flex flex-col gap-3 border-t bg-canvas px-4 py-3">
      <ResourceFacts resource={resource} />
      {reason && <Notice tone="unknown">{reason}</Notice>}
      {isDeleted && (
        <Notice
          tone={ignoredBy ? "unknown" : "bad"}
          action={
            onIgnore &&
            !ignoredBy && (
              <Button size="sm" onClick={() => onIgnore(null)}>
                <EyeOff aria-hidden />
                Ignore
              </Button>
            )
          }
        >
          The template declares this resource, and it is gone from the account.
          {ignoredBy && ` A rule ignores that: ${ignoredBy.reason}`}
        </Notice>
      )}
      {open.length > 0 && <DifferenceList resource={resource} differences={open} onIgnore={onIgnore} />}
      {ignored.length > 0 && (
        <details className="group">
          <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-sm text-muted hover:text-ink">
            <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden />
            {plural(ignored.length, "ignored difference")}
          </summary>
          <div className="mt-2">
            <DifferenceList resource={resource} differences={ignored} />
          </div>
        </details>
      )}
      {(expected !== null || actual !== null) && (
        <DiffView logicalId={resource.logicalId} expected={expected} actual={actual} differences={marked} />
      )}
    </div>
  );
}

function ResourceFacts({ resource }: { resource: ResourceDrift }) {
  const { physicalId, console, resourceId, checkedAt } = resource;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
      {physicalId && <Copyable text={physicalId} name="physical id" max={56} />}
      {checkedAt && (
        <span>
          checked <Time at={checkedAt} />
        </span>
      )}
      {resourceId && (
        <Link href={`/resources/${resourceId}`} className="underline-offset-4 hover:text-accent hover:underline">
          In the inventory
        </Link>
      )}
      <a
        href={console.url}
        target="_blank"
        rel="noreferrer"
        className="inline-flex items-center gap-1 underline-offset-4 hover:text-accent hover:underline"
      >
        {console.isOwnPage ? "In the AWS console" : "Among the stack’s resources in the AWS console"}
        <ExternalLink className="size-3" aria-label="(in a new tab)" />
      </a>
    </div>
  );
}
