import { describe, expect, it } from "vitest";
import type { DriftJobView } from "@/server/drift/views";
import { jobTime } from "./job-time";

const job: DriftJobView = {
  jobId: "j",
  driftDetectionId: "d",
  status: "DETECTION_IN_PROGRESS",
  kind: "STACK",
  trigger: "MANUAL",
  stack: null,
  queuedAt: new Date(0),
  startedAt: new Date(0),
  completedAt: null,
  nextLookAt: null,
  elapsedMs: 10_000,
  usualMs: 20_000,
  ahead: null,
  progress: null,
  message: "",
  failure: null,
};

describe("jobTime", () => {
  it("counts on between two readings, against what is usual", () => {
    expect(jobTime(job, 2_000)).toEqual({ text: "12 s of usually 20 s", done: 12_000, total: 20_000 });
  });
  it("promises no end once the usual is over, or where nothing is usual yet", () => {
    expect(jobTime(job, 30_000)).toEqual({ text: "40 s, longer than the usual 20 s", done: 0, total: null });
    expect(jobTime({ ...job, usualMs: null }, 0).total).toBeNull();
  });
  it("counts resources where AWS does", () => {
    expect(jobTime({ ...job, progress: { done: 3, total: 9 } }, 0)).toMatchObject({
      text: "3 of 9 resources, 10 s",
      done: 3,
      total: 9,
    });
  });
  it("says how many are ahead while it waits", () => {
    expect(jobTime({ ...job, status: "QUEUED", ahead: 4 }, 60_000).text).toBe("Waiting, 4 ahead of it");
    expect(jobTime({ ...job, status: "QUEUED", ahead: 0 }, 0).text).toBe("Waiting to begin");
  });
});
