/** Pure: `text` in at most `max` characters, its middle left out, as both ends of an id tell it apart. */
export function shortenMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = Math.max(2, max - 1);
  const tail = Math.ceil(kept / 2);
  return `${text.slice(0, kept - tail)}…${text.slice(-tail)}`;
}
