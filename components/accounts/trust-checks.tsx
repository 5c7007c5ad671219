import { Notice } from "@/components/ui/notice";
import { Status, type Tone } from "@/components/ui/status";
import type { RouterOutputs } from "@/server/routers";

export type Trust = RouterOutputs["accounts"]["check"]["trust"];

/** The trust half of the check, step by step: our ExternalId must open the role, and nothing else may. */
export function TrustChecks({ trust }: { trust: Trust }) {
  const another = (answer: Trust["withoutId"]) =>
    // A role that lets nobody in proves nothing by refusing strangers too: it may not even exist.
    answer === "refused" && trust.withIssuedId !== "accepted" ? refusedToo : withAnother[answer];
  const steps = [
    { step: "With the ExternalId that CloudGuard issued", ...withIssued[trust.withIssuedId] },
    { step: "Without an ExternalId", ...another(trust.withoutId) },
    { step: "With a wrong ExternalId", ...another(trust.withWrongId) },
  ];
  return (
    <div className="text-sm">
      <ul className="py-1.5">
        {steps.map(({ step, tone, word }) => (
          <li key={step} className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-1">
            <span>{step}</span>
            <Status tone={tone} className="ml-auto">
              {word}
            </Status>
          </li>
        ))}
        {trust.callerArn && (
          <li className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-1">
            <span>CloudGuard is there as</span>
            <code className="font-mono text-xs [overflow-wrap:anywhere] text-muted">{trust.callerArn}</code>
          </li>
        )}
      </ul>
      {trust.problem && (
        <Notice tone="bad" className="mx-3 mb-3">
          <p className="font-medium">{trust.problem}</p>
          {trust.fix && <p>{trust.fix}</p>}
        </Notice>
      )}
    </div>
  );
}

const refusedToo = { tone: "unknown" as Tone, word: "Refused too, which proves nothing" };

const noAnswer = { tone: "unknown" as Tone, word: "AWS did not answer" };

const withIssued: Record<Trust["withIssuedId"], { tone: Tone; word: string }> = {
  accepted: { tone: "ok", word: "Let in" },
  refused: { tone: "bad", word: "Refused" },
  unavailable: noAnswer,
};

const withAnother: Record<Trust["withoutId"], { tone: Tone; word: string }> = {
  refused: { tone: "ok", word: "Refused, as it must be" },
  accepted: { tone: "bad", word: "Let in: too open" },
  unavailable: noAnswer,
};
