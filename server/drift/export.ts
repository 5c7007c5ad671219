import { record } from "../audit/record";
import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { detectionById } from "./detections";
import { toMarkdown } from "./markdown";

export interface DetectionExport {
  fileName: string;
  contentType: "application/json" | "text/markdown";
  body: string;
}

/** A detection as a file: JSON with everything, or Markdown to paste into a pull request. Written down. */
export async function exportDetection(
  ctx: RoomContext,
  { detectionId, format }: { detectionId: string; format: "json" | "markdown" },
): Promise<DetectionExport> {
  const detection = await detectionById(ctx, { detectionId });
  const { stackName, awsAccountId, region } = detection.stack;
  const target = `${stackName} (${awsAccountId}, ${region})`;
  await forTenant(ctx.tenantId, (tx) =>
    record(tx, ctx, { action: "drift.export", targetId: detectionId, target, detail: { format } }),
  );
  const day = (detection.completedAt ?? detection.queuedAt).toISOString().slice(0, 10);
  const name = `drift-${stackName}-${day}`;
  return format === "json"
    ? { fileName: `${name}.json`, contentType: "application/json", body: JSON.stringify(detection, null, 2) }
    : { fileName: `${name}.md`, contentType: "text/markdown", body: toMarkdown(detection) };
}
