import type { AwsAccess } from "../access";

export type { Place } from "../place";

/** JSON as PostgreSQL keeps it: no undefined, no Date. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** One resource as a collector hands it over: plain data, secrets already dropped. */
export interface CollectedResource {
  /** AWS's own id, unique within the cell: an instance id, a bucket name, a function name. */
  nativeId: string;
  arn: string | null;
  name: string | null;
  /** The resource's own region; differs from its cell's for buckets. */
  region: string;
  state: string | null;
  /** Absent where the tags come from the account-region's tag sweep; `{}` means read and none there. */
  tags?: Record<string, string>;
  /** What lists and REST show first: few, flat, camelCase with units in the name. */
  facts: Facts;
  /** What is said of the resource and is no part of it, such as a detection's result: shown with its facts, and no change of it. */
  remarks?: Facts;
  /** Members of `config`, each with the fact made of it, that could not be read this time: what is stored of them stands. */
  unread?: Record<string, string>;
  /** AWS's own description, as JSON; undefined members and Dates are normalised by the sync. */
  config: unknown;
  /** When AWS says that it was made, where AWS says so. */
  createdAt?: Date | null;
}

type Facts = Record<string, string | number | boolean | null | undefined>;

export interface Collector<Type extends string = string> {
  /** The CloudFormation type name: `AWS::EC2::Instance`. */
  type: Type;
  /** Singular, sentence case: `EC2 instance`. */
  label: string;
  /** The REST API's short name: `ec2`. Several types may share one (`rds`). */
  shortName: string;
  scope: "regional" | "global";
  /** IAM actions that `collect` calls; the onboarding policy is generated from these. */
  permissions: readonly string[];
  /** The list API's token bucket per account and region. */
  rate: { capacity: number; refillPerSecond: number };
  /** `sweep`: `collect` leaves `tags` out and the account-region's one tag sweep fills them in, asking for this Resource Groups type (`lambda:function`). */
  tagSweep?: string;
  /** How the type is written in AWS's console, for the link out; null where there is no page. */
  consoleUrl(resource: { nativeId: string; arn: string | null; region: string }): string | null;
  collect(aws: AwsAccess): AsyncIterable<CollectedResource[]>;
  /** The cheapest real call of the list API, the first of `permissions`: what the connection check tries. */
  probe(aws: AwsAccess): Promise<unknown>;
}

export function defineCollector<const Type extends string>(collector: Collector<Type>): Collector<Type> {
  return collector;
}
