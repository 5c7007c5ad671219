import type { RoomContext } from "../context";
import { notFound } from "../errors";
import type { DriftScope, StackListInput } from "./filter";
import type { StackDetail, StackFacets, StackPage } from "./views";

/** A page of stacks, nested ones folded under their roots or each for itself. BAD_REQUEST for a wrong cursor. */
export function listStacks(_ctx: RoomContext, _input: StackListInput): Promise<StackPage> {
  return Promise.resolve({
    rows: [],
    nextCursor: null,
    total: 0,
    stacks: { total: 0, neverDetected: 0 },
    isPartial: true,
  });
}

/** Counts for the filters. */
export function stackFacets(_ctx: RoomContext, _scope: DriftScope): Promise<StackFacets> {
  return Promise.resolve({ accounts: [], regions: [], statuses: [], verdicts: [], driftStatuses: [], severities: [] });
}

/** One stack with its latest detection and its timeline. NOT_FOUND for another tenant's and a random id alike. */
export function stackById(_ctx: RoomContext, _input: { stackId: string }): Promise<StackDetail> {
  return Promise.reject(notFound("This stack"));
}
