/** Pure: what could not be read and what to do about it, in words. */
import { plural, pluralOf } from "@/components/ui/figure-text";
import type { Tone } from "@/components/ui/status";
import type { RouterOutputs } from "@/server/routers";

export type Gap = RouterOutputs["resources"]["overview"]["gaps"][number];

/** Gaps with one cause, told as one. */
export interface GapLine extends Gap {
  /** All types that it is about; none where it is not about types. */
  types: string[];
  /** AWS's own words, each once: its services have different ones for the same. */
  said: Pick<Gap, "code" | "message">[];
}

export type FailureKind = Gap["kind"];

/** One word for why AWS did not answer, and how bad that is. */
export const failureWords: Record<FailureKind, { word: string; tone: Tone }> = {
  denied: { word: "Denied", tone: "bad" },
  untrusted: { word: "Not let in", tone: "bad" },
  throttled: { word: "Throttled", tone: "warn" },
  unavailable: { word: "No answer", tone: "warn" },
  notEnabled: { word: "Not enabled", tone: "off" },
  expired: { word: "Expired", tone: "warn" },
  invalid: { word: "Rejected", tone: "bad" },
};

/** What happened and, where a person can do something, what. `labelOf` names a type: "RDS instance". */
export function gapReason(
  gap: Pick<GapLine, "subject" | "types" | "regions" | "kind" | "accountName" | "action" | "message" | "refusedBy">,
  labelOf: (type: string) => string,
): string {
  const where = gap.accountName;
  if (gap.subject === "region")
    return `${gap.regions.join(", ")} is no longer enabled in ${where}. What was found there before is kept.`;
  const what = whatIn(gap, labelOf);
  switch (gap.kind) {
    case "denied":
      return `CloudGuard may not read ${what} in ${where}. ${denialRemedy(gap)}`;
    case "untrusted":
      return `The role of ${where} does not let CloudGuard in, so ${gap.subject === "account" ? "nothing could" : `${what} could not`} be read. Check that the role exists and that its trust policy has the ExternalId.`;
    case "throttled":
      return `AWS slows CloudGuard down on ${what} in ${where}. Nothing to do: it tries again by itself.`;
    case "unavailable":
      return `AWS did not answer for ${what} in ${where}. Nothing to do: CloudGuard tries again by itself.`;
    case "notEnabled":
      return `AWS has not enabled ${what} in ${where}. Nothing to do, unless you expect some there.`;
    case "expired":
      return `The session in ${where} expired as CloudGuard read ${what}. It tries again with a new one.`;
    case "invalid":
      return `AWS rejected the question for ${what} in ${where}: ${gap.message}`;
  }
}

function whatIn({ subject, types }: Pick<GapLine, "subject" | "types">, labelOf: (type: string) => string): string {
  if (subject === "tags") return "tags";
  if (types.length > 1) return plural(types.length, "resource type");
  return types[0] ? pluralOf(labelOf(types[0])) : "the list of regions";
}

/** What became of what was read before, and what that means for what is shown. */
export function gapConsequence({ subject }: Pick<Gap, "subject">): string {
  return subject === "tags"
    ? "Tags that were read before are still shown; a filter by tag may miss some."
    : "What was read then is still shown, and nothing was marked as gone.";
}

function denialRemedy({ action, message, refusedBy }: Pick<Gap, "action" | "message" | "refusedBy">): string {
  if (refusedBy) return `The role cannot grant it: ${withArticle(refusedBy)} denies ${action ?? "it"}.`;
  return action ? `Add ${action} to the role.` : `AWS said: ${message}`;
}

const withArticle = (noun: string) => `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;

/** "everywhere it looked" cannot be known here: up to three regions by name, more as a number. */
export function regionsText(regions: string[]): string {
  return regions.length <= 3
    ? regions.map((region) => (region === "aws-global" ? "all regions" : region)).join(", ")
    : plural(regions.length, "region");
}
