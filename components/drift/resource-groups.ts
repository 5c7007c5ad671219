/** Pure: a detection's resources by what became of them. */
import type { Tone } from "@/components/ui/status";
import type { ResourceDrift } from "@/server/drift/views";
import { resourceGroups } from "./drift-words";

export interface ResourceGroup {
  key: string;
  title: string;
  tone: Tone;
  note: string;
  resources: ResourceDrift[];
  /** What asks for nothing begins folded. */
  isQuiet: boolean;
}

const quiet = ["IN_SYNC", "UNSUPPORTED", "NOT_CHECKED"];

/** Only groups that have something in them; those whose differences are all ignored are one of their own. */
export function groupResources(resources: ResourceDrift[]): ResourceGroup[] {
  const counting = resources.filter((resource) => !isWhollyIgnored(resource));
  const known = resourceGroups.map(({ status, title, tone, note }) => ({
    key: status,
    title,
    tone,
    note,
    resources: counting.filter(({ driftStatus }) => driftStatus === status),
    isQuiet: quiet.includes(status),
  }));
  const statuses = resourceGroups.map(({ status }) => status);
  const strange = [...new Set(counting.map(({ driftStatus }) => driftStatus))].filter(
    (word) => !statuses.includes(word),
  );
  return [
    ...known.slice(0, 2),
    {
      key: "IGNORED",
      title: "Ignored",
      tone: "paused" as const,
      note: "rules ignore all that differs in them",
      resources: resources.filter(isWhollyIgnored),
      isQuiet: true,
    },
    ...known.slice(2),
    ...strange.map((word) => ({
      key: word,
      title: word,
      tone: "unknown" as const,
      note: "a status that AWS added",
      resources: counting.filter(({ driftStatus }) => driftStatus === word),
      isQuiet: false,
    })),
  ].filter((group) => group.resources.length > 0);
}

function isWhollyIgnored({ driftStatus, differences, ignoredBy }: ResourceDrift): boolean {
  if (driftStatus === "DELETED") return ignoredBy !== null;
  return driftStatus === "MODIFIED" && differences.length > 0 && differences.every((each) => each.ignoredBy !== null);
}
