/** Pure: since when a series has stood where it stands. */
import { mean, median } from "./robust";

/** A shift is taken for one after this many days of it: fewer may be a busy week's end. */
const LEAST_DAYS = 4;
/** The days next to the shift say how far it goes: over longer ones a slow change would look like a shift. */
const NEAR_DAYS = 5;
const WINDOW_DAYS = 14;
/** How far the medians before and after must lie apart, in what a day usually strays from them, and as a share of the level. */
const STRAYS = 3.5;
const LEAST_SHARE = 0.05;
/** Older shifts are left to the models: they have had the time to see them. */
const DAYS_BACK = 70;

/** The first day of the present level; 0 where no sudden shift is seen. A slow change is none. */
export function sinceLastShift(values: readonly number[]): number {
  let since = 0;
  for (;;) {
    const shift = clearestShift(values, Math.max(since + LEAST_DAYS, values.length - DAYS_BACK));
    if (shift === null) return since;
    since = shift;
  }
}

function clearestShift(values: readonly number[], from: number): number | null {
  let clearest: number | null = null;
  let most = STRAYS;
  for (let at = from; at <= values.length - LEAST_DAYS; at += 1) {
    const before = values.slice(Math.max(0, at - WINDOW_DAYS), at);
    const after = values.slice(at, at + WINDOW_DAYS);
    if (before.length < LEAST_DAYS) continue;
    const [was, is] = [median(before.slice(-NEAR_DAYS)), median(after.slice(0, NEAR_DAYS))];
    const apart = Math.abs(is - was);
    if (apart <= LEAST_SHARE * Math.max(Math.abs(was), Math.abs(is))) continue;
    const strayFrom = (days: readonly number[], middle: number) => mean(days.map((value) => Math.abs(value - middle)));
    const stray = Math.max(strayFrom(before, was), strayFrom(after, is));
    const strays = apart / Math.max(stray, 1e-9);
    if (strays > most) {
      most = strays;
      clearest = at;
    }
  }
  return clearest;
}
