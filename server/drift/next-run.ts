/** Pure: when an account's scheduled detections run next. Hours and weekdays are UTC. */
export interface Rhythm {
  frequency: "OFF" | "DAILY" | "WEEKLY";
  /** 0–23 */
  hour: number;
  /** 0 is Sunday; used by WEEKLY. */
  weekday: number;
}

const DAY_MS = 24 * 60 * 60_000;

/** The first full hour of the rhythm after `now`; null where it is off. */
export function nextRun({ frequency, hour, weekday }: Rhythm, now: Date): Date | null {
  if (frequency === "OFF") return null;
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour);
  const waitDays = frequency === "DAILY" ? 0 : (weekday - now.getUTCDay() + 7) % 7;
  const at = today + waitDays * DAY_MS;
  return new Date(at > now.getTime() ? at : at + (frequency === "DAILY" ? 1 : 7) * DAY_MS);
}

/** What a scheduled run knows of a stack. */
export interface RunCandidate {
  id: string;
  /** The last detection of the whole stack. */
  detectedAt: Date | null;
  /** When the stack or something that belongs to it last changed in inventory. */
  changedAt: Date | null;
  /** Its last detection left resources unknown. */
  hasUnknown: boolean;
}

export interface RunPlan {
  /** Something changed since the last detection, or there was none: first. */
  changed: string[];
  /** Nothing changed, and the last detection is a week old. */
  old: string[];
  /** Nothing changed and it is recent: only what was unknown is looked at again. */
  unknown: string[];
}

/** A little under a week, so that a weekly run at the same hour finds every stack of the last one due. */
const OLD_AFTER_MS = 7 * DAY_MS - 6 * 60 * 60_000;

/** Which stacks a run detects, and how. Every stack is detected at least weekly. */
export function planRun(candidates: RunCandidate[], now: Date): RunPlan {
  const plan: RunPlan = { changed: [], old: [], unknown: [] };
  for (const { id, detectedAt, changedAt, hasUnknown } of candidates) {
    if (!detectedAt || (changedAt && changedAt > detectedAt)) plan.changed.push(id);
    else if (now.getTime() - detectedAt.getTime() >= OLD_AFTER_MS) plan.old.push(id);
    else if (hasUnknown) plan.unknown.push(id);
  }
  return plan;
}
