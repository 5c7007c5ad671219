import type { GetCostAndUsageResponse, GroupDefinition } from "@aws-sdk/client-cost-explorer";
import type { AwsSession } from "./session";

/** Cost Explorer has one endpoint for the whole partition. */
const ENDPOINT_REGION = "us-east-1";

/** What AWS charges for a request, each page counted (the Cost Explorer API's price list). */
export const DOLLARS_A_REQUEST = "0.01";

/** A refused call is repeated so many times at once: each may be paid. The refresh comes back later. */
const MOST_REQUESTS = 3;

export type CostDimension = "SERVICE" | "LINKED_ACCOUNT" | "REGION";

/** A page of daily costs by two dimensions: plain data, as it is kept. */
export interface CostPageBody {
  /** day, the two dimensions' values, UnblendedCost, AmortizedCost: as AWS writes them */
  rows: [day: string, first: string, second: string, unblended: string, amortized: string][];
  days: { day: string; isEstimated: boolean }[];
  /** What AWS calls the linked accounts. */
  names: Record<string, string>;
  /** Null where no amount is on the page. */
  unit: string | null;
}

export type ForecastDayBody = Record<"day" | "mean" | "low" | "high", string>;

/** How many requests a question took. Filled in also where it throws. */
export interface Asked {
  requests: number;
  /** Waited for before a failed request is repeated, with how many that will make. What it throws ends the question. */
  onRepeat?(requests: number): Promise<void>;
}

interface PageQuestion {
  start: string;
  /** exclusive */
  end: string;
  by: [CostDimension, CostDimension];
  token: string | null;
}

/** One page of daily costs, both metrics at once. `asked` counts what left. Throws what AWS says; see `toFailure`. */
export async function readCostPage(
  session: AwsSession,
  { start, end, by, token }: PageQuestion,
  { asked, signal }: { asked: Asked; signal?: AbortSignal },
): Promise<{ body: CostPageBody; nextToken: string | null }> {
  const { GetCostAndUsageCommand } = await import("@aws-sdk/client-cost-explorer");
  const answer = await metered(session, { asked, signal }, (client) =>
    client.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: start, End: end },
        Granularity: "DAILY",
        Metrics: ["UnblendedCost", "AmortizedCost"],
        GroupBy: by.map((Key): GroupDefinition => ({ Type: "DIMENSION", Key })),
        ...(token && { NextPageToken: token }),
      }),
    ),
  );
  return { body: toBody(answer), nextToken: answer.NextPageToken ?? null };
}

/** AWS's own daily forecast of UnblendedCost with its 80 % interval. `start` is today or later. */
export async function readForecast(
  session: AwsSession,
  { start, end }: { start: string; end: string },
  { asked, signal }: { asked: Asked; signal?: AbortSignal },
): Promise<ForecastDayBody[]> {
  const { GetCostForecastCommand } = await import("@aws-sdk/client-cost-explorer");
  const { ForecastResultsByTime = [] } = await metered(session, { asked, signal }, (client) =>
    client.send(
      new GetCostForecastCommand({
        TimePeriod: { Start: start, End: end },
        Granularity: "DAILY",
        // The forecast's own spelling of UnblendedCost.
        Metric: "UNBLENDED_COST",
        PredictionIntervalLevel: 80,
      }),
    ),
  );
  return ForecastResultsByTime.map(
    ({ TimePeriod, MeanValue, PredictionIntervalLowerBound, PredictionIntervalUpperBound }) => ({
      day: TimePeriod?.Start ?? "",
      mean: MeanValue ?? "0",
      low: PredictionIntervalLowerBound ?? MeanValue ?? "0",
      high: PredictionIntervalUpperBound ?? MeanValue ?? "0",
    }),
  );
}

/** Pure. Groups without an amount are left out; the days say that they were read. */
export function toBody({ ResultsByTime = [], DimensionValueAttributes = [] }: GetCostAndUsageResponse): CostPageBody {
  const body: CostPageBody = { rows: [], days: [], names: {}, unit: null };
  for (const { TimePeriod, Groups = [], Estimated } of ResultsByTime) {
    const day = TimePeriod?.Start ?? "";
    body.days.push({ day, isEstimated: Estimated ?? false });
    for (const { Keys = [], Metrics = {} } of Groups) {
      const { UnblendedCost, AmortizedCost } = Metrics;
      body.unit ??= UnblendedCost?.Unit ?? AmortizedCost?.Unit ?? null;
      body.rows.push([day, Keys[0] ?? "", Keys[1] ?? "", UnblendedCost?.Amount ?? "0", AmortizedCost?.Amount ?? "0"]);
    }
  }
  for (const { Value, Attributes } of DimensionValueAttributes)
    if (Value && Attributes?.description) body.names[Value] = Attributes.description;
  return body;
}

async function metered<T>(
  session: AwsSession,
  { asked, signal }: { asked: Asked; signal?: AbortSignal },
  call: (client: Awaited<ReturnType<ReturnType<AwsSession["at"]>["ce"]>>) => Promise<T>,
): Promise<T> {
  const meter = { sent: 0, most: MOST_REQUESTS, onRepeat: asked.onRepeat };
  try {
    return await call(await session.at(ENDPOINT_REGION, { signal, meter }).ce());
  } finally {
    asked.requests = meter.sent;
  }
}
