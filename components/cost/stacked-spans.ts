/** Pure: where the parts of each bar lie. */

/** From where to where each part is drawn, row by row: what costs is stacked upwards, what is given back downwards. Null draws nothing. */
export function stackedSpans(rows: readonly (readonly (number | null)[])[]): ([from: number, to: number] | null)[][] {
  return rows.map((parts) => {
    let [up, down] = [0, 0];
    return parts.map((part) => {
      if (!part) return null;
      const from = part > 0 ? up : down;
      const to = from + part;
      if (part > 0) up = to;
      else down = to;
      return [from, to];
    });
  });
}
