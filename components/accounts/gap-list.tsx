"use client";
import Link from "next/link";
import { useTypeLabels } from "@/components/resources/use-type-labels";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { failureWords, gapConsequence, gapReason, regionsText, type GapLine } from "./gap-words";

/** What could not be read, worst first; each opens to AWS's own words and the statement to add. */
export function GapList({ gaps, linkAccounts = false }: { gaps: GapLine[]; linkAccounts?: boolean }) {
  return (
    <ul className="divide-y">
      {gaps.map((gap) => (
        <li key={[gap.accountId, gap.subject, gap.type, gap.kind, gap.code, gap.action, ...gap.regions].join(" ")}>
          <GapItem gap={gap} linkAccounts={linkAccounts} />
        </li>
      ))}
    </ul>
  );
}

function GapItem({ gap, linkAccounts }: { gap: GapLine; linkAccounts: boolean }) {
  const labelOf = useTypeLabels();
  const { word, tone } = failureWords[gap.kind];
  return (
    <Disclosure
      className="py-2.5"
      summary={
        <>
          <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 gap-y-0.5">
            <Status tone={tone} className="w-26">
              {word}
            </Status>
            <span className="min-w-0 flex-1 basis-72">{gapReason(gap, labelOf)}</span>
            <span className="text-xs text-muted" title={gap.regions.join(", ")}>
              {gap.subject === "account" ? "the whole account" : regionsText(gap.regions)}
            </span>
          </span>
        </>
      }
    >
      <div className="flex flex-col gap-3 px-4 pt-1 pb-4 text-sm sm:pl-11">
        {gap.subject !== "region" &&
          gap.said.map(({ code, message }) => (
            <p key={`${code} ${message}`} className="[overflow-wrap:anywhere] text-muted">
              {gap.kind === "unavailable" ? "What came instead was" : "AWS said"}{" "}
              <code className="font-mono text-xs">{code}</code>: {message}
            </p>
          ))}
        <p className="text-muted">
          {gap.subject === "tags" ? (
            gapConsequence(gap)
          ) : gap.lastSuccessAt ? (
            <>
              Last read <Time at={gap.lastSuccessAt} />. {gapConsequence(gap)}
            </>
          ) : (
            "Never read, so CloudGuard does not know whether there is anything."
          )}
        </p>
        {gap.types.length > 1 && <p className="text-xs text-muted">Of {gap.types.map(labelOf).join(", ")}</p>}
        {gap.regions.length > 3 && <p className="text-xs text-muted">In {gap.regions.join(", ")}</p>}
        {gap.statement && (
          <CodeBlock name={`Add this statement to the role in ${gap.accountName}`} code={gap.statement} />
        )}
        {linkAccounts && (
          <Link
            href={`/accounts/${gap.accountId}`}
            className="self-start font-medium text-accent underline-offset-4 hover:underline"
          >
            Open {gap.accountName}
          </Link>
        )}
      </div>
    </Disclosure>
  );
}
