/** Pure: gaps as they are told to people. */
import type { Gap, GapLine } from "./gap-words";

/** What passes by itself, whatever the type: whoever is slowed down in a region need not hear it of every type. */
const ofNoType = new Set<Gap["kind"]>(["throttled", "unavailable", "expired"]);

/** The gaps in their order, those with one cause in the same place as one line. It was last read when the oldest of them was. */
export function gapLines(gaps: Gap[]): GapLine[] {
  const lines = new Map<string, GapLine>();
  for (const gap of gaps) {
    const { accountId, subject, type, kind, code, message, action, regions } = gap;
    const own = ofNoType.has(kind) && subject === "resources" ? [] : [type, code, action];
    const key = [accountId, subject, kind, ...own, ...regions.toSorted()].join(" ");
    const line = lines.get(key);
    if (!line) lines.set(key, { ...gap, types: type ? [type] : [], said: [{ code, message }] });
    else {
      if (type) line.types.push(type);
      if (!line.said.some((said) => said.code === code && said.message === message)) line.said.push({ code, message });
      line.lastSuccessAt = older(line.lastSuccessAt, gap.lastSuccessAt);
    }
  }
  return [...lines.values()];
}

/** Never read is older than anything. */
const older = (a: Date | null, b: Date | null) => (a && b ? (a < b ? a : b) : null);
