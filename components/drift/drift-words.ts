/** Pure: drift in words, each with what it means to a person. */
import { plural } from "@/components/ui/figure-text";
import type { Tone } from "@/components/ui/status";
import type {
  Coverage,
  DetectionSummary,
  DriftJobStatus,
  DriftSeverity,
  DriftVerdict,
  PropertyDrift,
  ResourceDrift,
  ScheduleView,
  StackDrift,
} from "@/server/drift/views";

interface Word {
  word: string;
  tone: Tone;
}

export const verdictWords: Record<DriftVerdict, Word> = {
  DRIFTED: { word: "Drifted", tone: "bad" },
  ALL_IGNORED: { word: "Ignored", tone: "paused" },
  IN_SYNC: { word: "In sync", tone: "ok" },
  PARTIAL: { word: "Partly checked", tone: "unknown" },
  NOTHING_CHECKABLE: { word: "Nothing to check", tone: "off" },
  UNVERIFIED: { word: "Not verified", tone: "unknown" },
  NOT_CHECKED: { word: "Not checked", tone: "off" },
};

export const severityWords: Record<DriftSeverity, string> = {
  CRITICAL: "Critical",
  HIGH: "High",
  MEDIUM: "Medium",
  LOW: "Low",
};

export const jobWords: Record<DriftJobStatus, Word> = {
  QUEUED: { word: "Queued", tone: "waiting" },
  DETECTION_IN_PROGRESS: { word: "Detecting", tone: "busy" },
  DETECTION_COMPLETE: { word: "Complete", tone: "ok" },
  DETECTION_FAILED: { word: "Failed", tone: "bad" },
  CANCELLED: { word: "Cancelled", tone: "paused" },
};

/** The statuses of a resource, in the order in which they are read; a word that AWS adds comes after them. */
export const resourceGroups: { status: string; title: string; tone: Tone; note: string }[] = [
  { status: "MODIFIED", title: "Modified", tone: "bad", note: "not as the template has them" },
  { status: "DELETED", title: "Deleted", tone: "bad", note: "in the template, gone from the account" },
  { status: "UNKNOWN", title: "Unknown", tone: "unknown", note: "could have been checked and was not" },
  { status: "NOT_CHECKED", title: "Not checked", tone: "off", note: "not part of this detection" },
  { status: "UNSUPPORTED", title: "No drift support", tone: "off", note: "AWS cannot check these types" },
  { status: "IN_SYNC", title: "In sync", tone: "ok", note: "as the template has them" },
];

export const differenceWords: Record<PropertyDrift["type"], string> = {
  ADD: "Added",
  REMOVE: "Removed",
  NOT_EQUAL: "Changed",
};

export const isLive = (status: DriftJobStatus): boolean => status === "QUEUED" || status === "DETECTION_IN_PROGRESS";

/** "31 of 40" for a list; null where no detection of ours counted. */
export function coverageText(coverage: Pick<Coverage, "checked" | "total"> | null): string | null {
  return coverage && `${coverage.checked} of ${coverage.total}`;
}

/** What a detection found, for the timeline: "2 resources, 3 differences, 1 new"; of a part of the stack no more than that part. */
export function findingText({ driftedResources, differences, newDifferences, coverage }: DetectionSummary): string {
  if (driftedResources === null) return "no result";
  const isPart = coverage !== null && coverage.unknown + coverage.notChecked > 0;
  if (driftedResources === 0) return isPart ? `no differences in ${coverageText(coverage)}` : "no differences";
  const said = [
    plural(driftedResources, "resource"),
    differences !== null && plural(differences, "difference"),
    !!newDifferences && `${newDifferences} new`,
  ];
  return said.filter(Boolean).join(", ");
}

/** Why a verdict is no more than it is, where AWS's own word is all there is. */
export function sourceText({ source }: Pick<StackDrift, "source">): string | null {
  return source === "inventory" ? "AWS’s last word; CloudGuard has not detected this stack itself." : null;
}

/** A stack that was updated after its detection may have drifted or healed since. */
export function isOutdated(stack: { updatedAt: Date | null; drift: Pick<StackDrift, "asOf"> }): boolean {
  return stack.updatedAt !== null && stack.drift.asOf !== null && stack.updatedAt > stack.drift.asOf;
}

/** The differences that count and those that a rule hides; a deleted resource is one difference as a whole. */
export function openAndIgnored(resource: ResourceDrift): { open: PropertyDrift[]; ignored: PropertyDrift[] } {
  return {
    open: resource.differences.filter(({ ignoredBy }) => ignoredBy === null),
    ignored: resource.differences.filter(({ ignoredBy }) => ignoredBy !== null),
  };
}

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** "Mondays at 03:00 UTC" */
export function scheduleText({
  frequency,
  hour,
  weekday,
}: Pick<ScheduleView, "frequency" | "hour" | "weekday">): string {
  const at = `at ${String(hour).padStart(2, "0")}:00 UTC`;
  if (frequency === "OFF") return "Off";
  return frequency === "DAILY" ? `Every day ${at}` : `${weekdays[weekday] ?? "Sunday"}s ${at}`;
}
