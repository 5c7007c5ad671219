"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { listPages } from "@/components/list-pages";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { MoreRows } from "@/components/ui/more-rows";
import { Panel } from "@/components/ui/panel";
import { duration } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { DetectionSummary } from "@/server/drift/views";
import type { RouterInputs } from "@/server/routers";
import { findingText, isLive, jobWords, verdictWords } from "./drift-words";
import { Severity } from "./severity";

const SHOWN = 5;
const PAGE_SIZE = 50;

interface TimelineProps {
  stackId: string;
  history: DetectionSummary[];
  /** The detection that is looked at. */
  current: string | null;
  /** The one that is shown where the address names none. */
  latest: string | null;
}

/** The stack's detections, the latest first; each leads to what it found. */
export function Timeline({ stackId, history, current, latest }: TimelineProps) {
  const [isLong, setIsLong] = useState(false);
  const utils = trpc.useUtils();
  const older = useInfiniteQuery({
    ...listPages(["drift", "history"], { stackId, limit: PAGE_SIZE } as RouterInputs["drift"]["history"], (page) =>
      utils.client.drift.history.query(page),
    ),
    enabled: isLong,
  });
  const rows = isLong ? (older.data?.pages.flatMap((page) => page.rows) ?? history) : history.slice(0, SHOWN);
  return (
    <Panel
      title="Detections"
      actions={
        !isLong &&
        history.length > SHOWN && (
          <Button size="sm" tone="quiet" onClick={() => setIsLong(true)}>
            Show earlier
          </Button>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">None yet.</p>
      ) : (
        <ol
          tabIndex={isLong ? 0 : undefined}
          aria-label="Detections, the latest first"
          className="max-h-96 divide-y overflow-y-auto text-sm"
        >
          {rows.map((detection) => (
            <Entry
              key={detection.id}
              detection={detection}
              stackId={stackId}
              isHere={detection.id === current}
              isLatest={detection.id === latest}
            />
          ))}
          {isLong && (older.isPending || older.isError || older.hasNextPage) && (
            <li>
              <MoreRows
                what="detections"
                hasFailed={older.isError}
                isLoading={older.isFetching}
                onRetry={() => void (older.data ? older.fetchNextPage() : older.refetch())}
              />
              {older.hasNextPage && !older.isError && !older.isFetching && (
                <Button size="sm" tone="quiet" className="mx-2 my-1" onClick={() => void older.fetchNextPage()}>
                  Show still earlier ones
                </Button>
              )}
            </li>
          )}
        </ol>
      )}
    </Panel>
  );
}

interface EntryProps {
  detection: DetectionSummary;
  stackId: string;
  isHere: boolean;
  isLatest: boolean;
}

function Entry({ detection, stackId, isHere, isLatest }: EntryProps) {
  const { verdict, status, severity, startedAt, queuedAt, trigger, kind, durationMs, failure } = detection;
  const { word, tone } = verdict && status === "DETECTION_COMPLETE" ? verdictWords[verdict] : jobWords[status];
  const facts = [
    trigger === "MANUAL" ? "by hand" : "on schedule",
    kind === "RESOURCES" && "unknown resources only",
    durationMs !== null && `took ${duration(durationMs)}`,
  ];
  const body = (
    <>
      <span className="flex flex-wrap items-baseline gap-x-3">
        <Status tone={tone}>{word}</Status>
        <span className="min-w-0 flex-1 basis-36 [overflow-wrap:anywhere] figures">
          {failure && verdict === null ? failure.reason : isLive(status) ? "under way" : findingText(detection)}
        </span>
        {severity && <Severity severity={severity} className="text-xs" />}
      </span>
      <span className="text-xs text-muted figures">{facts.filter(Boolean).join(" · ")}</span>
    </>
  );
  return (
    <li className={cn("flex items-start gap-3 px-4 py-2", isHere ? "bg-accent-soft" : "hover:bg-hover")}>
      {verdict === null ? (
        <div className="flex min-w-0 flex-1 flex-col">{body}</div>
      ) : (
        <Link
          href={isLatest ? `/drift/${stackId}` : `/drift/${stackId}?detection=${detection.id}`}
          scroll={false}
          aria-current={isHere ? "true" : undefined}
          className="flex min-w-0 flex-1 flex-col rounded-sm"
        >
          {body}
        </Link>
      )}
      <Time at={startedAt ?? queuedAt} className="pt-0.5 text-xs text-muted" />
    </li>
  );
}
