/** Pure: from what AWS answered to what is stored of a detection, secrets redacted, compared with the detection before. */
import type { Json } from "../aws/collectors/define";
import { canonical, differencesOf, valueAt, type PropertyDifference, type ToldDifference } from "./differences";
import { redact, redactAt } from "./redact";

/** A resource of the stack, as ListStackResources has it. */
export interface StackMember {
  logicalId: string;
  physicalId: string | null;
  type: string;
}

/** What AWS says of one resource's drift. `expected` and `actual` as parsed from AWS's JSON strings; null where it gave none. */
export interface AwsResourceDrift extends StackMember {
  status: string;
  reason: string | null;
  expected: Json | null;
  actual: Json | null;
  told: ToldDifference[] | null;
  checkedAt: Date | null;
}

export interface StoredDifference extends PropertyDifference {
  isNew: boolean;
}

export interface FoundResource extends StackMember {
  driftStatus: string;
  reason: string | null;
  checkedAt: Date | null;
  expected: Json | null;
  actual: Json | null;
  differences: StoredDifference[];
  /** Of a deletion. */
  isNew: boolean;
}

/** What of an earlier detection the comparison needs. */
export type FoundBefore = Pick<FoundResource, "logicalId" | "driftStatus"> & { differences: PropertyDifference[] };

/**
 * One entry for each resource that the stack holds. DescribeStackResourceDrifts leaves out what has no drift support. `before`
 * is what was last known of each resource, null where there was no detection, and then nothing is new. `failedSince` is when a
 * detection was begun that failed: what AWS had not looked at since then was not reached.
 */
export function assess({
  members,
  drifts,
  before,
  failedSince = null,
}: {
  members: StackMember[];
  drifts: AwsResourceDrift[];
  before: FoundBefore[] | null;
  failedSince?: Date | null;
}): FoundResource[] {
  const reached = failedSince ? reachedSince(drifts, failedSince) : drifts;
  const told = new Map(reached.map((drift) => [drift.logicalId, drift]));
  const earlier = new Map(before?.map((found) => [found.logicalId, found]));
  return members.map((member) => {
    const drift = told.get(member.logicalId);
    const previously = earlier.get(member.logicalId);
    if (drift) return foundOf(drift, previously, before === null);
    return untold(member, failedSince !== null && previously?.driftStatus !== "UNSUPPORTED");
  });
}

/**
 * What AWS has looked at since then: it tells the last look at each resource that was ever checked, whichever detection that
 * was (DescribeStackResourceDrifts in the CloudFormation API reference).
 */
export function reachedSince(drifts: AwsResourceDrift[], begunAt: Date): AwsResourceDrift[] {
  return drifts.filter(({ checkedAt }) => checkedAt !== null && checkedAt >= begunAt);
}

/** What `before` had found and `now` has not, of resources that were checked both times. */
export function resolvedSince(before: FoundBefore[], now: FoundResource[]): { logicalId: string; path: string }[] {
  const checked = new Map(now.filter(isChecked).map((found) => [found.logicalId, found]));
  return before.flatMap(({ logicalId, driftStatus, differences }) => {
    const found = checked.get(logicalId);
    if (!found) return [];
    if (driftStatus === "DELETED") return found.driftStatus === "DELETED" ? [] : [{ logicalId, path: "" }];
    const still = new Set(found.differences.map(placeOf));
    return differences.filter((one) => !still.has(placeOf(one))).map(({ path }) => ({ logicalId, path }));
  });
}

function foundOf(drift: AwsResourceDrift, earlier: FoundBefore | undefined, isFirst: boolean): FoundResource {
  const { logicalId, physicalId, type, status, reason, checkedAt } = drift;
  const known = new Set(earlier?.differences.map(identityOf));
  const expected = drift.expected && redact(drift.expected, type);
  const actual = drift.actual && redact(drift.actual, type);
  const differences = status === "MODIFIED" ? differencesOf(drift.expected, drift.actual, drift.told) : [];
  return {
    logicalId,
    physicalId,
    type,
    driftStatus: status,
    reason,
    checkedAt,
    expected,
    actual,
    differences: differences.map((difference) => {
      const shown = {
        ...difference,
        expected: hidden(difference.expected, expected, difference.path, type),
        actual: hidden(difference.actual, actual, difference.path, type),
      };
      return { ...shown, isNew: !isFirst && !known.has(identityOf(shown)) };
    }),
    isNew: !isFirst && status === "DELETED" && earlier?.driftStatus !== "DELETED",
  };
}

/** A resource that AWS leaves out of its answer. */
function untold(member: StackMember, isUnreached: boolean): FoundResource {
  const nothing = { checkedAt: null, expected: null, actual: null, differences: [], isNew: false };
  return isUnreached
    ? {
        ...member,
        ...nothing,
        driftStatus: "UNKNOWN",
        reason: "The detection failed before AWS reached this resource.",
      }
    : { ...member, ...nothing, driftStatus: "UNSUPPORTED", reason: `${member.type} has no drift support.` };
}

/** A difference's value with its secrets hidden: as the redacted side has it, or on its own where that side is absent. */
function hidden(value: Json | null, side: Json | null, path: string, type: string): Json | null {
  if (value === null) return null;
  return valueAt(side, path) ?? redactAt(value, path, type);
}

/** Two detections found the same, though a list's order may have changed in between. */
function identityOf({ stablePath, type, expected, actual }: PropertyDifference): string {
  const place = type === "NOT_EQUAL" ? stablePath : stablePath.replace(/\/\d+$/, "");
  return [type, place, canonical(expected), canonical(actual)].join(" ");
}

/** What still differs there is not resolved, whatever its value; a member of a list without a key is known by its value alone. */
function placeOf(difference: PropertyDifference): string {
  return /\/\d+$/.test(difference.stablePath) ? identityOf(difference) : difference.stablePath;
}

function isChecked({ driftStatus }: Pick<FoundResource, "driftStatus">): boolean {
  return driftStatus === "IN_SYNC" || driftStatus === "MODIFIED" || driftStatus === "DELETED";
}
