import {
  CostExplorerClient,
  DataUnavailableException,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
} from "@aws-sdk/client-cost-explorer";
import { costHistory, type CostHistory } from "../costs";
import { paginate } from "../paginate";
import { AwsError, type Ctx, type Sim } from "../wire/sim";
import type { World } from "../world";
import { costByPeriod } from "./cost-by-period";
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

  sim.on(GetCostAndUsageCommand)((input, ctx) => {
    const results = costByPeriod(visible(ctx), input, at.current.today);
    const { page, next } = paginate(results, {
      operation: "costs",
      token: input.NextPageToken,
      size: periodsAPage,
      invalid: new AwsError("InvalidNextTokenException", 400, "The NextPageToken is not valid."),
    });
    return { ResultsByTime: page, GroupDefinitions: input.GroupBy, NextPageToken: next };
  });

  sim.on(GetCostForecastCommand)((input, ctx) => forecast(visible(ctx), input, at.current.today));
}

/** Made when it is first asked for: most worlds are never asked. */
function historyOf(world: World): CostHistory {
  let history = histories.get(world);
  if (!history) histories.set(world, (history = costHistory(world)));
  return history;
}

const histories = new WeakMap<World, CostHistory>();
