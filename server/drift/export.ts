import type { RoomContext } from "../context";
import { detectionById } from "./detections";
import { toMarkdown } from "./markdown";

export interface DetectionExport {
  fileName: string;
  contentType: "application/json" | "text/markdown";
  body: string;
}

/** A detection as a file: JSON with everything, or Markdown to paste into a pull request. */
export async function exportDetection(
  ctx: RoomContext,
  { detectionId, format }: { detectionId: string; format: "json" | "markdown" },
): Promise<DetectionExport> {
  const detection = await detectionById(ctx, { detectionId });
  const day = (detection.completedAt ?? detection.queuedAt).toISOString().slice(0, 10);
  const name = `drift-${detection.stack.stackName}-${day}`;
  return format === "json"
    ? { fileName: `${name}.json`, contentType: "application/json", body: JSON.stringify(detection, null, 2) }
    : { fileName: `${name}.md`, contentType: "text/markdown", body: toMarkdown(detection) };
}
