import type { TenantTx } from "../db/client";

/**
 * Deletes up to `limit` detections that ended before `before`, with what they found, and returns how many. What a stack shows
 * now rests on its latest one, however old: that stays.
 */
export function removeDetections(tx: TenantTx, before: Date, limit: number): Promise<number> {
  return tx.$executeRaw`
    delete from "DriftDetectionJob" where "id" in (
      select j."id" from "DriftDetectionJob" j
      where j."completedAt" < ${before} and not exists (select 1 from "CloudFormationStack" s where s."detectionId" = j."id")
      order by j."completedAt" limit ${limit})`;
}
