import {
  createSerializer,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from "nuqs/server";
import { scopeParams } from "@/components/scope-params";
import { searchText } from "@/components/search-text";
import type { RouterInputs } from "@/server/routers";

export const stackSorts = [
  "name",
  "account",
  "region",
  "status",
  "drift",
  "severity",
  "drifted",
  "detectedAt",
] as const;
export const verdictKeys = [
  "DRIFTED",
  "ALL_IGNORED",
  "IN_SYNC",
  "PARTIAL",
  "NOTHING_CHECKABLE",
  "UNVERIFIED",
  "NOT_CHECKED",
] as const;
export const severityKeys = ["CRITICAL", "HIGH", "MEDIUM", "LOW"] as const;

/** What the stack list's address carries. */
export const stackParams = {
  ...scopeParams,
  drift: parseAsArrayOf(parseAsStringLiteral(verdictKeys)).withDefault([]),
  severity: parseAsArrayOf(parseAsStringLiteral(severityKeys)).withDefault([]),
  status: parseAsArrayOf(parseAsString).withDefault([]),
  q: parseAsString.withDefault(""),
  /** Every stack for itself, in place of nested ones under their root. */
  flat: parseAsBoolean.withDefault(false),
  /** Roots whose nested stacks are unfolded. */
  open: parseAsArrayOf(parseAsString).withDefault([]),
  sort: parseAsStringLiteral(stackSorts).withDefault("severity"),
  dir: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
};

export type StackParams = inferParserType<typeof stackParams>;
type ListInput = RouterInputs["drift"]["stacks"];

const PAGE_SIZE = 100;
const write = createSerializer(stackParams);

/** The address in the API's words. Equal addresses give equal inputs, so that the server's first page fits the browser's. */
export function stackInput({ account, region, drift, severity, status, q, flat, sort, dir }: StackParams): ListInput {
  const some = <Value>(values: Value[]) => (values.length > 0 ? values : undefined);
  return {
    filter: {
      accountIds: some(account),
      regions: some(region),
      verdicts: some(drift),
      severities: some(severity),
      statuses: some(status),
      search: searchText(q),
    },
    sort,
    direction: dir,
    isFolded: !flat,
    limit: PAGE_SIZE,
  };
}

/** The list behind a number. */
export function stacksHref(params: Partial<StackParams>): string {
  return write("/drift", params);
}

/** Whether anything narrows the list; the scope counts, its order and its folding do not. */
export function isNarrowed({ account, region, drift, severity, status, q }: StackParams): boolean {
  return [account, region, drift, severity, status].some((values) => values.length > 0) || q.trim() !== "";
}

/** A stack's page, opened at a resource where one is meant. */
export function stackHref(stackId: string, logicalId?: string): string {
  return logicalId ? `/drift/${stackId}?open=${encodeURIComponent(logicalId)}` : `/drift/${stackId}`;
}
