import type { GetCostForecastCommandInput, GetCostForecastCommandOutput } from "@aws-sdk/client-cost-explorer";
import { type CostHistory, UNITS_PER_DOLLAR } from "../costs";
import { dayOf, text } from "./cost-by-period";
import { invalid } from "./cost-filter";

const DAY_MS = 86_400_000;

/** The mean of the last four settled weeks carried forward, day by day, with an interval that widens with the distance. */
export function forecast(
  history: CostHistory,
  { TimePeriod, Metric, PredictionIntervalLevel = 80 }: GetCostForecastCommandInput,
  today: Date,
): Omit<GetCostForecastCommandOutput, "$metadata"> {
  const start = dayOf(TimePeriod?.Start);
  const end = dayOf(TimePeriod?.End);
  if (Metric === undefined) throw invalid("Metric must not be empty");
  if (start < today.getTime()) throw invalid("Start date of a forecast must be today or later");
  if (end <= start || end - start > 92 * DAY_MS) throw invalid("A daily forecast covers one day to three months");
  if (PredictionIntervalLevel < 51 || PredictionIntervalLevel > 99)
    throw invalid("PredictionIntervalLevel is out of bounds: 51 to 99");

  const recent = history.series.flatMap(({ daily }) => daily.slice(history.days - 30, history.days - 2));
  const mean = Number(recent.reduce((sum, amount) => sum + amount, 0n)) / Number(UNITS_PER_DOLLAR) / 28;
  const days = Array.from({ length: (end - start) / DAY_MS }, (_, at) => start + at * DAY_MS);
  return {
    Total: { Amount: (mean * days.length).toFixed(10), Unit: "USD" },
    ForecastResultsByTime: days.map((day, at) => {
      const spread = mean * (PredictionIntervalLevel / 1000) * Math.sqrt(1 + at);
      return {
        TimePeriod: { Start: text(day), End: text(day + DAY_MS) },
        MeanValue: mean.toFixed(10),
        PredictionIntervalLowerBound: Math.max(0, mean - spread).toFixed(10),
        PredictionIntervalUpperBound: (mean + spread).toFixed(10),
      };
    }),
  };
}
