/** Pure: how far a detection is, as honestly as it is known. */
import { duration } from "@/components/ui/relative-time";
import type { DriftJobView } from "@/server/drift/views";

interface JobTime {
  /** "12 s of usually 20 s", "longer than the usual 20 s" */
  text: string;
  done: number;
  /** null: nothing is known but that it goes on. */
  total: number | null;
}

/**
 * Resources looked at where AWS says so; else the time against what this stack usually takes, which is never called
 * done; else only the time. `sinceReadMs`: how long ago the job was read.
 */
export function jobTime(job: DriftJobView, sinceReadMs: number): JobTime {
  if (job.status === "QUEUED")
    return { text: job.ahead ? `Waiting, ${job.ahead} ahead of it` : "Waiting to begin", done: 0, total: null };
  const elapsedMs = (job.elapsedMs ?? 0) + Math.max(0, sinceReadMs);
  if (job.progress)
    return {
      text: `${job.progress.done} of ${job.progress.total} resources, ${duration(elapsedMs)}`,
      done: job.progress.done,
      total: job.progress.total,
    };
  if (job.usualMs === null)
    return { text: `${duration(elapsedMs)}; AWS does not say how far it is`, done: 0, total: null };
  if (elapsedMs >= job.usualMs)
    return { text: `${duration(elapsedMs)}, longer than the usual ${duration(job.usualMs)}`, done: 0, total: null };
  return { text: `${duration(elapsedMs)} of usually ${duration(job.usualMs)}`, done: elapsedMs, total: job.usualMs };
}
