/**
 * `read`, asked at most once in `ms`: whoever asks meanwhile gets the same answer, also while it is still being read. For what anybody
 * may ask, so that asking often costs no more than asking once. `clock` is in milliseconds.
 */
export function keptFor<T>(ms: number, read: () => Promise<T>, clock = () => performance.now()): () => Promise<T> {
  let kept: { answer: Promise<T>; until: number } | undefined;
  return () => {
    if (!kept || clock() >= kept.until) kept = { answer: read(), until: clock() + ms };
    return kept.answer;
  };
}
