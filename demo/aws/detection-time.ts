/**
 * Pure: how long each drift detection takes by `text`: "4000", or "2000-20000" for anything in between. It follows from the
 * detection's id, so that whoever measures knows when a detection was over.
 */
export function detectionTime(text: string): (resources: number, detectionId: string) => number {
  const [leastMs = 0, mostMs = leastMs] = text.split("-").map(Number);
  return (_resources, detectionId) =>
    Math.round(leastMs + (parseInt(detectionId.slice(0, 8), 16) / 0xffffffff) * (mostMs - leastMs));
}
