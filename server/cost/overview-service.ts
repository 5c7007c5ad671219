import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { dayOf } from "./range";
import { sourcesOf } from "./refresh-service";
import type { CostOverview } from "./views";

/** Month to date, its likely end, and what moved: the overview page's part. */
export async function costOverview(ctx: RoomContext, now = new Date()): Promise<CostOverview> {
  return forTenant(ctx.tenantId, async (tx) => ({
    unit: "USD",
    month: dayOf(now).slice(0, 7),
    monthToDate: null,
    sameDaysLastMonth: null,
    change: null,
    lastMonth: null,
    monthEnd: null,
    confidence: null,
    movers: { up: [], down: [] },
    months: [],
    budgets: { over: 0, atRisk: 0 },
    anomalies: 0,
    freshness: (await sourcesOf(tx, null, now)).freshness,
  }));
}
