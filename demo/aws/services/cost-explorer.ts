import {
  CostExplorerClient,
  DataUnavailableException,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  GetDimensionValuesCommand,
  GetTagsCommand,
} from "@aws-sdk/client-cost-explorer";
import { costHistory, type CostHistory } from "../costs";
import { paginate } from "../paginate";
import { AwsError, type Ctx, type Sim } from "../wire/sim";
import type { World } from "../world";
import { costByPeriod } from "./cost-by-period";
import { dimension, matches } from "./cost-filter";
import { forecast } from "./cost-forecast";
import { clientConfig, type AccountPlace } from "./place";

/** The one account that was opened too recently for Cost Explorer to know anything. */
const tooYoung = "400000000004";
const periodsAPage = 100;

export function registerCostExplorer(sim: Sim, at: AccountPlace): void {
  sim.service(new CostExplorerClient(clientConfig));
  const visible = (ctx: Ctx): CostHistory => {
    if (ctx.account === tooYoung)
      throw new DataUnavailableException({ message: "Data is not available. Please try again later.", $metadata: {} });
    const history = historyOf(at.current);
    // A payer sees its members, a member itself alone.
    if (ctx.account === at.current.payer) return history;
    return { ...history, series: history.series.filter(({ account }) => account === ctx.account) };
  };

  const today = () => new Date(at.current.today.getTime() + at.current.daysPassed * 86_400_000);
  const named = (id: string) => at.current.accounts.get(id)?.name ?? id;

  sim.on(GetCostAndUsageCommand)((input, ctx) => {
    const results = costByPeriod(visible(ctx), input, today());
    const { page, next } = paginate(results, paging("costs", input.NextPageToken, periodsAPage));
    const accountAt = input.GroupBy?.findIndex(({ Key }) => Key === "LINKED_ACCOUNT") ?? -1;
    const accounts = new Set(
      page.flatMap(({ Groups = [] }) => Groups.flatMap(({ Keys = [] }) => Keys[accountAt] ?? [])),
    );
    return {
      ResultsByTime: page,
      GroupDefinitions: input.GroupBy,
      DimensionValueAttributes: [...accounts].map((Value) => ({ Value, Attributes: { description: named(Value) } })),
      NextPageToken: next,
    };
  });

  sim.on(GetDimensionValuesCommand)((input, ctx) => {
    const of = dimension(input.Dimension ?? "");
    const search = input.SearchString?.toLowerCase() ?? "";
    const values = [
      ...new Set(
        visible(ctx)
          .series.filter((series) => matches(input.Filter, series))
          .map(of),
      ),
    ].sort();
    const found = values.filter((value) => value.toLowerCase().includes(search));
    const { page, next } = paginate(found, paging("values", input.NextPageToken, input.MaxResults ?? 1000));
    return {
      DimensionValues: page.map((Value) => ({ Value, Attributes: {} })),
      ReturnSize: page.length,
      TotalSize: found.length,
      NextPageToken: next,
    };
  });

  // No cost allocation tag is activated in the simulated organisation.
  sim.on(GetTagsCommand)((_input, ctx) => (visible(ctx), { Tags: [], ReturnSize: 0, TotalSize: 0 }));

  sim.on(GetCostForecastCommand)((input, ctx) => forecast(visible(ctx), input, today()));
}

function paging(operation: string, token: string | undefined, size: number) {
  const invalid = new AwsError("InvalidNextTokenException", 400, "The NextPageToken is not valid.");
  return { operation, token, size, invalid };
}

/** Made when it is first asked for, and again when a day has passed: most worlds are never asked. */
function historyOf(world: World): CostHistory {
  let kept = histories.get(world);
  if (kept?.daysPassed !== world.daysPassed)
    histories.set(world, (kept = { daysPassed: world.daysPassed, history: costHistory(world) }));
  return kept.history;
}

const histories = new WeakMap<World, { daysPassed: number; history: CostHistory }>();
