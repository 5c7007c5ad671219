import type { TypeCount } from "../resources/counts";
import { presentCompleteness } from "./completeness";

/** The counts that have a name of their own in the answer. */
const named = ["ec2", "s3", "lambda", "rds"];

/** The room's counts in this API's shape. `lastUpdated` is the oldest read that the named counts stand on. */
export function countsOf(types: TypeCount[]) {
  const countOf = (shortName: string) => types.find((type) => type.shortName === shortName)?.count ?? null;
  const reads = types
    .filter(({ shortName }) => named.includes(shortName))
    .flatMap(({ completeness: { asOf } }) => (asOf ? [asOf.getTime()] : []));
  return {
    ec2Count: countOf("ec2"),
    s3Count: countOf("s3"),
    lambdaCount: countOf("lambda"),
    rdsCount: countOf("rds"),
    lastUpdated: reads.length > 0 ? new Date(Math.min(...reads)).toISOString() : null,
    completeness: types.map(({ shortName, count, completeness }) => ({
      type: shortName,
      count,
      isComplete: count !== null && !completeness.isPartial,
      ...presentCompleteness(completeness),
    })),
  };
}
