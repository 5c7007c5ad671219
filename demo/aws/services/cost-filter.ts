import type { Expression, GroupDefinition } from "@aws-sdk/client-cost-explorer";
import type { CostSeries } from "../costs";
import { AwsError } from "../wire/sim";

const dimensions: Record<string, (series: CostSeries) => string> = {
  SERVICE: (series) => series.service,
  LINKED_ACCOUNT: (series) => series.account,
  REGION: (series) => series.region,
  RECORD_TYPE: (series) => series.recordType,
};

/** The value of a dimension that is grouped by. */
export function keyOf({ Type = "DIMENSION", Key = "" }: GroupDefinition): (series: CostSeries) => string {
  if (Type === "DIMENSION") return dimension(Key);
  throw invalid(`Group by ${Type} ${Key} is not simulated`);
}

export function dimension(name: string): (series: CostSeries) => string {
  const of = dimensions[name];
  if (!of) throw invalid(`Dimension ${name} is not simulated; these are: ${Object.keys(dimensions).join(", ")}`);
  return of;
}

/** Whether a series is meant. One expression is exactly one of And, Or, Not, Dimensions. */
export function matches(filter: Expression | undefined, series: CostSeries): boolean {
  if (!filter) return true;
  const { And, Or, Not, Dimensions } = filter;
  if ([And, Or, Not, Dimensions].filter((part) => part !== undefined).length !== 1)
    throw invalid("Expression must have exactly one root: And, Or, Not or Dimensions (tags are not simulated)");
  if (And) return And.every((part) => matches(part, series));
  if (Or) return Or.some((part) => matches(part, series));
  if (Not) return !matches(Not, series);
  const { Key = "", Values = [], MatchOptions = ["EQUALS"] } = Dimensions!;
  if (MatchOptions.some((option) => option !== "EQUALS")) throw invalid("Only the match option EQUALS is simulated");
  return Values.includes(dimension(Key)(series));
}

export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", 400, message);
}
