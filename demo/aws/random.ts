/** Pure: a small seeded generator (mulberry32), so that the same seed always makes the same world. */
export function seeded(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    pick: <T>(from: readonly T[]): T => from[int(0, from.length - 1)]!,
    /** Eight digits of a draw: ids are most of what a large world is made of. */
    hex: (length: number) => {
      let digits = "";
      while (digits.length < length)
        digits += Math.floor(next() * 4294967296)
          .toString(16)
          .padStart(8, "0");
      return digits.slice(0, length);
    },
    chance: (share: number) => next() < share,
  };
}

export type Random = ReturnType<typeof seeded>;
