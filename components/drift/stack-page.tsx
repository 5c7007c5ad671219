"use client";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { PausedNotice } from "@/components/accounts/paused-notice";
import { readError } from "@/components/app-error";
import { useRights } from "@/components/rights";
import { trpc } from "@/components/trpc";
import { regionName } from "@/components/resources/region-name";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { StaleNotice } from "@/components/ui/stale-notice";
import { Time } from "@/components/ui/time";
import type { DetectionDetail, PropertyDrift, ResourceDrift, StackDetail } from "@/server/drift/views";
import { CoveragePanel } from "./coverage-panel";
import { detectionParams } from "./detection-params";
import { isLive, isOutdated } from "./drift-words";
import { FailureNotice } from "./failure-notice";
import { IgnoreDialog } from "./ignore-dialog";
import type { IgnoreSubject } from "./ignore-scope";
import { JobPanel } from "./job-panel";
import { ResourcesPanel } from "./resources-panel";
import { StackHeader } from "./stack-header";
import { DetectionSkeleton, StackSkeleton } from "./stack-skeleton";
import { Timeline } from "./timeline";
import { useJob } from "./use-job";

/** One stack: what differs from its template, how sure that is, and how it came to be. */
export function StackPage({ stackId }: { stackId: string }) {
  const query = trpc.drift.stack.useQuery({ stackId });
  const [{ detection: chosen }] = useQueryStates(detectionParams);
  const { data: stack, error } = query;
  const { job, readAt, isUnreachable } = useJob(stack?.job ?? null);
  const isEarlier = chosen !== null && chosen !== stack?.drift.detectionId;
  const earlier = trpc.drift.detection.useQuery({ detectionId: chosen ?? "" }, { enabled: isEarlier });
  if (!stack)
    return error ? (
      <ErrorState
        heading="h1"
        {...readError(error)}
        isRetrying={query.isFetching}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <StackSkeleton />
    );
  const isForeign = isEarlier && earlier.data !== undefined && earlier.data.stack.id !== stackId;
  const detection = !isEarlier ? stack.detection : isForeign ? null : (earlier.data ?? null);
  const latest = stack.history.find(({ status }) => !isLive(status));
  return (
    <div className="flex flex-col gap-4">
      <StackHeader stack={stack} job={job} detectionId={detection?.id ?? null} />
      {query.isRefetchError && <StaleNotice query={query} />}
      <PausedNotice accountIds={[stack.accountId]} />
      {job && isLive(job.status) && <JobPanel job={job} readAt={readAt} isUnreachable={isUnreachable} />}
      {!isEarlier && latest?.failure && <FailureNotice detection={latest} accountName={stack.accountName} />}
      {isEarlier && detection && (
        <Notice
          tone="unknown"
          action={
            <Link
              href={`/drift/${stackId}`}
              scroll={false}
              className="text-sm font-medium underline underline-offset-4"
            >
              Show the latest
            </Link>
          }
        >
          This is what an earlier detection found
          {detection.startedAt && (
            <>
              , <Time at={detection.startedAt} />
            </>
          )}
          . Ignore rules are applied as they are now.
        </Notice>
      )}
      {!isEarlier && isOutdated(stack) && stack.updatedAt && (
        <Notice tone="warn">
          The stack was updated <Time at={stack.updatedAt} />, after this detection. Detect again to see how it is now.
        </Notice>
      )}
      {isForeign && earlier.data ? (
        <EmptyState
          title="This detection is of another stack"
          text={`It was made of ${earlier.data.stack.stackName} in ${regionName(earlier.data.stack.region)}.`}
          action={
            <Link href={`/drift/${earlier.data.stack.id}?detection=${earlier.data.id}`} className={buttonStyle()}>
              Show it there
            </Link>
          }
        />
      ) : isEarlier && earlier.error && !earlier.data && readError(earlier.error).code === "NOT_FOUND" ? (
        <EmptyState
          title="This detection was not found"
          text="It may have been deleted since, as old ones are, or the link may be wrong."
          action={
            <Link href={`/drift/${stackId}`} scroll={false} className={buttonStyle()}>
              Show the latest
            </Link>
          }
        />
      ) : isEarlier && earlier.error && !earlier.data ? (
        <ErrorState
          {...readError(earlier.error)}
          isRetrying={earlier.isFetching}
          onRetry={() => void earlier.refetch()}
        />
      ) : (
        <Body
          stack={stack}
          detection={detection}
          chosen={isEarlier ? chosen : stack.drift.detectionId}
          isLatest={!isEarlier}
          isRunning={job !== null && isLive(job.status)}
        />
      )}
    </div>
  );
}

interface BodyProps {
  stack: StackDetail;
  /** null: there is none, or the chosen one is on its way. */
  detection: DetectionDetail | null;
  chosen: string | null;
  isLatest: boolean;
  isRunning: boolean;
}

function Body({ stack, detection, chosen, isLatest, isRunning }: BodyProps) {
  const [subject, setSubject] = useState<IgnoreSubject | null>(null);
  const { isAdmin } = useRights();
  const onIgnore = (resource: ResourceDrift, difference: PropertyDrift | null) =>
    setSubject({
      accountId: stack.accountId,
      accountName: stack.accountName,
      stackId: stack.id,
      stackName: stack.stackName,
      resourceType: resource.type,
      logicalId: resource.logicalId,
      path: difference?.stablePath ?? null,
    });
  return (
    <>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        {detection ? (
          <CoveragePanel detection={detection} canRecheck={isLatest && !isRunning} />
        ) : chosen ? (
          <DetectionSkeleton />
        ) : (
          <div className="rounded-lg border bg-surface">
            <EmptyState
              title={isRunning ? "The result appears here" : "No details yet"}
              text={
                isRunning || !stack.eligibility.isEligible
                  ? stack.drift.sentence
                  : `${stack.drift.sentence} A detection has AWS compare each resource with the template.`
              }
            />
          </div>
        )}
        <Timeline stackId={stack.id} history={stack.history} current={chosen} latest={stack.drift.detectionId} />
      </div>
      {detection && <ResourcesPanel detection={detection} onIgnore={isLatest && isAdmin ? onIgnore : undefined} />}
      {subject && <IgnoreDialog subject={subject} onClose={() => setSubject(null)} />}
    </>
  );
}
