import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { HydrateClient, trpc } from "@/app/_trpc/server";
import {
  anomaliesInput,
  chartInput,
  costParams,
  forecastInput,
  scopeOf,
  summaryInput,
  trendsInput,
} from "@/components/cost/cost-params";
import { CostPage } from "@/components/cost/cost-page";

export const metadata: Metadata = { title: "Cost" };

const load = createLoader(costParams);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await load(searchParams);
  // One moment for the server's questions and the browser's: at midnight they would else be two.
  const now = new Date();
  const { cost } = trpc;
  const ofService = params.service.length > 0;
  // Not `ready`: an account that is not connected any more is said on the page, where the choice can be taken back.
  await Promise.all([
    cost.summary.prefetch(summaryInput(params, now)),
    cost.trends.prefetch(trendsInput(params, now)),
    cost.forecast.prefetch(forecastInput(params)),
    cost.anomalies.prefetch(anomaliesInput(params)),
    cost.budgets.list.prefetch(),
    cost.unseen.prefetch(scopeOf(params)),
    cost.ledger.prefetch(),
    ...(ofService
      ? [
          cost.summary.prefetch(chartInput(params, now)),
          cost.forecast.prefetch(forecastInput({ ...params, service: [] })),
        ]
      : []),
  ]);
  return (
    <HydrateClient>
      <CostPage now={now} />
    </HydrateClient>
  );
}
