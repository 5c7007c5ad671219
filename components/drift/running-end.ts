/** Pure: whether the last of a scope's detections has ended just now. */

export interface RunningSeen {
  /** The account and region that were looked at. */
  scope: string;
  running: number;
}

/** Only of one and the same scope: that none runs in another is no news. `now` is null while it is not read yet. */
export function haveAllEnded(before: RunningSeen | null, now: RunningSeen | null): boolean {
  return before !== null && now !== null && before.scope === now.scope && before.running > 0 && now.running === 0;
}
