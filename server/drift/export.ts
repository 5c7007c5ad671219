import type { RoomContext } from "../context";
import { detectionById } from "./detections";

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
  return {
    fileName: `drift-${detection.stack.stackName}.${format === "json" ? "json" : "md"}`,
    contentType: format === "json" ? "application/json" : "text/markdown",
    body: JSON.stringify(detection, null, 2),
  };
}
