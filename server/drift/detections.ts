import type { z } from "zod";
import type { RoomContext } from "../context";
import { notFound } from "../errors";
import type { historyInput } from "./filter";
import type { DetectionDetail, DetectionSummary, DriftJobView } from "./views";

/** One job, live or ended. NOT_FOUND for another tenant's and a random id alike. */
export function jobById(_ctx: RoomContext, _input: { jobId: string }): Promise<DriftJobView> {
  return Promise.reject(notFound("This detection"));
}

/** A detection with everything it found, ignore rules applied as they are now. */
export function detectionById(_ctx: RoomContext, _input: { detectionId: string }): Promise<DetectionDetail> {
  return Promise.reject(notFound("This detection"));
}

/** A stack's detections, the latest first. */
export function historyOf(
  _ctx: RoomContext,
  _input: z.infer<typeof historyInput>,
): Promise<{ rows: DetectionSummary[]; nextCursor: string | null }> {
  return Promise.resolve({ rows: [], nextCursor: null });
}
