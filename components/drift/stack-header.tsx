"use client";
import { ExternalLink, ScanSearch } from "lucide-react";
import Link from "next/link";
import { readError } from "@/components/app-error";
import { regionName } from "@/components/resources/region-name";
import { trpc } from "@/components/trpc";
import { Button, buttonStyle } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copyable";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import type { DriftJobView, StackDetail } from "@/server/drift/views";
import { isLive, scheduleText } from "./drift-words";
import { ExportMenu } from "./export-menu";
import { Severity } from "./severity";
import { stackHref, stacksHref } from "./stack-params";
import { Verdict } from "./verdict";

const quietLink = "underline-offset-4 hover:text-accent hover:underline";

interface StackHeaderProps {
  stack: StackDetail;
  job: DriftJobView | null;
  /** The detection that is shown and can be exported. */
  detectionId: string | null;
}

/** The stack's name, its verdict and where it lives; what can be done with it, or why that cannot be done now. */
export function StackHeader({ stack, job, detectionId }: StackHeaderProps) {
  const utils = trpc.useUtils();
  const trigger = trpc.drift.trigger.useMutation({ onSuccess: () => utils.drift.invalidate() });
  const { eligibility, schedule, drift } = stack;
  const mayAsk = eligibility.isEligible || eligibility.mayHaveSettled;
  const isRunning = job !== null && isLive(job.status);
  return (
    <>
      <div className="flex flex-col gap-1">
        <nav aria-label="Where this stack is" className="flex flex-wrap gap-x-1.5 text-xs text-muted">
          <Link href="/drift" className={quietLink}>
            Drift
          </Link>
          {stack.ancestors.map(({ id, stackName }) => (
            <span key={id}>
              /{" "}
              <Link href={stackHref(id)} className={quietLink}>
                {stackName}
              </Link>
            </span>
          ))}
        </nav>
        <PageHeader
          title={
            <>
              {stack.stackName} <CopyButton text={stack.stackId} name="stack’s ARN" className="align-middle" />
            </>
          }
          note={
            <>
              <Verdict drift={drift} job={job} />
              {drift.severity && <Severity severity={drift.severity} />}
              <Link href={`/accounts/${stack.accountId}`} className={quietLink}>
                {stack.accountName}
              </Link>
              <Link href={stacksHref({ region: [stack.region] })} className={quietLink}>
                {regionName(stack.region)}
              </Link>
              {stack.status && (
                <span className="font-mono text-xs" title={stack.statusReason ?? undefined}>
                  {stack.status}
                </span>
              )}
              <Link href={`/accounts/${stack.accountId}#drift-schedule`} className={quietLink}>
                {schedule.frequency === "OFF" ? (
                  "not scheduled"
                ) : (
                  <>
                    {scheduleText(schedule)}
                    {schedule.nextRunAt && (
                      <>
                        , next <Time at={schedule.nextRunAt} />
                      </>
                    )}
                  </>
                )}
              </Link>
            </>
          }
          actions={
            <>
              <a href={stack.driftConsoleUrl} target="_blank" rel="noreferrer" className={buttonStyle()}>
                AWS console
                <ExternalLink aria-label="(in a new tab)" />
              </a>
              {detectionId && <ExportMenu detectionId={detectionId} />}
              <Button
                tone="primary"
                disabled={!mayAsk || isRunning}
                title={mayAsk ? undefined : eligibility.reason}
                isBusy={trigger.isPending}
                onClick={() => trigger.mutate({ stackId: stack.id })}
              >
                {!trigger.isPending && <ScanSearch aria-hidden />}
                Detect drift
              </Button>
            </>
          }
        />
      </div>
      {!eligibility.isEligible && (
        <Notice tone="unknown">
          {eligibility.mayHaveSettled
            ? `When the stack was last read it was ${stack.status}. Where it has settled since, AWS detects its drift.`
            : `Drift cannot be detected now. ${eligibility.reason}`}
          {stack.statusReason && ` AWS says: ${stack.statusReason}`}
        </Notice>
      )}
      {trigger.error && <Notice tone="bad">{readError(trigger.error).message}</Notice>}
    </>
  );
}
