import type { z } from "zod";
import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { notFound } from "../errors";
import { detailOf, summariesOf } from "./detection-views";
import type { historyInput } from "./filter";
import { hastenLook } from "./job-queries";
import { jobInclude, viewOfJob } from "./job-views";
import { WATCHED_SECONDS } from "./polling";
import type { DetectionDetail, DetectionSummary, DriftJobView } from "./views";

/** One job, live or ended; whoever reads a live one watches it. NOT_FOUND for another tenant's and a random id alike. */
export async function jobById(ctx: RoomContext, { jobId }: { jobId: string }): Promise<DriftJobView> {
  return forTenant(ctx.tenantId, async (tx) => {
    await hastenLook(tx, jobId, WATCHED_SECONDS);
    const job = await tx.driftDetectionJob.findUnique({ where: { id: jobId }, include: jobInclude });
    if (!job) throw notFound("This detection");
    return viewOfJob(tx, job);
  });
}

/** A detection with everything it found, ignore rules applied as they are now. */
export async function detectionById(
  ctx: RoomContext,
  { detectionId }: { detectionId: string },
): Promise<DetectionDetail> {
  const detection = await forTenant(ctx.tenantId, (tx) => detailOf(tx, detectionId));
  if (!detection) throw notFound("This detection");
  return detection;
}

/** A stack's detections, the latest first. */
export async function historyOf(
  ctx: RoomContext,
  { stackId, cursor, limit }: z.infer<typeof historyInput>,
): Promise<{ rows: DetectionSummary[]; nextCursor: string | null }> {
  return forTenant(ctx.tenantId, async (tx) => {
    if (!(await tx.resource.findFirst({ where: { id: stackId }, select: { id: true } }))) throw notFound("This stack");
    const found = await summariesOf(tx, { stackId, limit: limit + 1, before: cursor });
    const rows = found.slice(0, limit);
    return { rows, nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
  });
}
