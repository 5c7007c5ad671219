import type { RoomContext } from "../context";
import { notFound } from "../errors";
import type { TriggerInput, TriggerManyInput } from "./filter";
import type { DriftJobView, TriggerReceipt } from "./views";

/**
 * Begins a detection of one stack: the intent is written first, then AWS is asked. A detection that is live is joined.
 * CONFLICT with the stack's state where AWS would not take it.
 */
export function triggerDrift(_ctx: RoomContext, _input: TriggerInput): Promise<DriftJobView> {
  return Promise.reject(notFound("This stack"));
}

/** The same for a selection, an account or everything; what cannot be detected is skipped, with the reason. */
export function triggerMany(_ctx: RoomContext, _input: TriggerManyInput): Promise<TriggerReceipt> {
  return Promise.resolve({ started: [], joined: [], skipped: [] });
}

/** Tries the resources that the stack's latest detection could not check again, one by one. */
export function recheckUnknown(_ctx: RoomContext, _input: { stackId: string }): Promise<DriftJobView> {
  return Promise.reject(notFound("This stack"));
}

/** Ends a live job; what AWS still does of it is not read. */
export function cancelJob(_ctx: RoomContext, _input: { jobId: string }): Promise<DriftJobView> {
  return Promise.reject(notFound("This detection"));
}
