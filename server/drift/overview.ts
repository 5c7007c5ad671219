import type { RoomContext } from "../context";
import type { DriftScope } from "./filter";
import type { DriftOverview } from "./views";

/** Drift in the scope: by severity, what was covered, and the last 30 days. */
export function driftOverview(_ctx: RoomContext, _scope: DriftScope): Promise<DriftOverview> {
  return Promise.resolve({
    stacks: { total: 0, neverDetected: 0, running: 0, ineligible: 0 },
    verdicts: [],
    bySeverity: [],
    coverage: null,
    ignoredDifferences: 0,
    trend: [],
    asOf: null,
    worst: [],
  });
}
