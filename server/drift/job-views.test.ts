import { describe, expect, it } from "vitest";
import { queuedMessage } from "./job-views";

const now = new Date("2026-11-25T12:00:00Z");
const before = new Date("2026-11-25T11:59:00Z");
const later = new Date("2026-11-25T12:01:00Z");
const job = { leaseUntil: null, startedAt: null, attempts: 0 };

describe("queuedMessage", () => {
  it.each([
    ["nobody has taken it up", job, 0, /^Next in line/],
    ["one waits before it", job, 1, /^Waiting for 1 detection before it/],
    ["some wait before it", job, 3, /^Waiting for 3 detections before it/],
    ["a worker is asking AWS just now", { ...job, leaseUntil: later, startedAt: now }, 2, /^About to begin/],
    ["AWS runs another one of the stack", { ...job, startedAt: before }, 0, /^AWS is busy/],
    ["the worker that asked has died", { ...job, leaseUntil: before, startedAt: before }, 0, /^AWS is busy/],
    ["AWS refused it for now", { ...job, startedAt: before, attempts: 1 }, 0, /tries again/],
  ])("where %s", (_why, row, ahead, message) => {
    expect(queuedMessage(row, ahead, now)).toMatch(message);
  });
});
