"use client";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { StatusShape } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { Breakable } from "@/components/ui/breakable";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import { Status, type Tone } from "@/components/ui/status";
import type { RouterOutputs } from "@/server/routers";
import type { AccountDetail } from "./account-page";
import { TrustChecks } from "./trust-checks";

type Check = RouterOutputs["accounts"]["check"];
type Feature = Check["features"][number];
type Probe = Feature["probes"][number];

const results: Record<Probe["result"], { word: string; tone: Tone }> = {
  allowed: { word: "Allowed", tone: "ok" },
  denied: { word: "Denied", tone: "bad" },
  notEnabled: { word: "Not enabled", tone: "off" },
  unknown: { word: "Unknown", tone: "unknown" },
};

/** The connection check: may CloudGuard use the role, may nobody else, and what does the role allow. */
export function ConnectionPanel({ account: { check } }: { account: AccountDetail }) {
  if (!check)
    return (
      <Panel title="Connection">
        <p className="px-4 py-3 text-sm text-muted">Not checked yet. Check the role to see what it allows.</p>
      </Panel>
    );
  return (
    <Panel
      title="Connection"
      note={
        <>
          checked <Time at={check.checkedAt} />, and again every day
        </>
      }
    >
      {check.policy.isOutdated && (
        <Notice tone="warn" className="m-3">
          {check.policy.note ?? "The role’s policies are older than today’s."} The role has{" "}
          {check.policy.found ?? "no version"}; today’s is {check.policy.current}.
        </Notice>
      )}
      <TrustChecks trust={check.trust} />
      <ul className="divide-y border-t">
        {check.features.map((feature) => (
          <li key={feature.feature}>
            <FeatureProbes feature={feature} />
          </li>
        ))}
      </ul>
      {check.policy.isOutdated === false && (
        <p className="border-t px-4 py-2 text-xs text-muted">
          The role’s policies are today’s: {check.policy.current}.
        </p>
      )}
      {check.policy.isOutdated === null && check.policy.note && !check.trust.problem && (
        <p className="border-t px-4 py-2 text-xs text-muted">{check.policy.note}</p>
      )}
    </Panel>
  );
}

function FeatureProbes({ feature: { label, probes } }: { feature: Feature }) {
  const denied = probes.filter(({ result }) => result === "denied").length;
  const allowed = probes.filter(({ result }) => result === "allowed").length;
  const deniedFirst = probes.toSorted((a, b) => Number(b.result === "denied") - Number(a.result === "denied"));
  const tone = denied > 0 ? "bad" : allowed === probes.length ? "ok" : allowed > 0 ? "warn" : "unknown";
  return (
    <Disclosure
      className="items-center"
      isOpen={denied > 0}
      summary={
        <>
          <span className="font-medium">{label}</span>
          <span className="ml-auto inline-flex items-center gap-1.5 text-xs text-muted figures">
            <StatusShape tone={tone} />
            {allowed} of {probes.length} allowed{denied > 0 && `, ${denied} denied`}
          </span>
        </>
      }
    >
      <ul className="pb-2 text-sm">
        {deniedFirst.map((probe) => (
          <li key={probe.action} className="px-4 py-1 sm:pl-11">
            <div className="flex flex-wrap items-baseline gap-x-4">
              <code className="min-w-0 flex-1 font-mono text-xs [overflow-wrap:anywhere]">
                <Breakable name={probe.action} />
              </code>
              <Status tone={results[probe.result].tone} className="w-28">
                {results[probe.result].word}
              </Status>
              <span className="w-28 text-xs text-faint max-sm:hidden">{howKnown[probe.by]}</span>
            </div>
            {probe.message && probe.result !== "allowed" && (
              <p className="text-xs [overflow-wrap:anywhere] text-muted">{probe.message}</p>
            )}
            {probe.statement && (
              <CodeBlock className="my-2" name="Add this statement to the role" code={probe.statement} />
            )}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

const howKnown: Record<Probe["by"], string> = {
  call: "by a real call",
  simulation: "by IAM’s simulator",
  none: "not tried",
};
