/** Pure: times in words. */

const steps: [limitSeconds: number, unitSeconds: number, unit: string][] = [
  [90, 1, "s"],
  [90 * 60, 60, "min"],
  [36 * 3600, 3600, "h"],
  [60 * 86400, 86400, "d"],
  [24 * 30.44 * 86400, 30.44 * 86400, "mo"],
  [Infinity, 365.25 * 86400, "y"],
];

/** "now", "40 s ago", "3 min ago", "5 h ago", "12 d ago"; a time to come is "in 4 min". */
export function relativeTime(at: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 10) return "now";
  const text = span(distance);
  return seconds < 0 ? `in ${text}` : `${text} ago`;
}

/** A length of time in its largest sensible unit: "840 ms", "12 s", "4 min". */
export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : span(Math.round(ms / 1000));
}

function span(seconds: number): string {
  const [, size, unit] = steps.find(([limit]) => seconds < limit) ?? [0, 1, "s"];
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** "2026-11-24 06:12:09 UTC" */
export function exactUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** The same moment on the reader's own clock, with its zone. */
export function exactLocal(at: Date): string {
  return at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" }) + ` ${zoneOf(at)}`;
}

function zoneOf(at: Date): string {
  const parts = new Intl.DateTimeFormat(undefined, { timeZoneName: "short" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
