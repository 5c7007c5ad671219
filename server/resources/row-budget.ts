/**
 * How many collected resources may be held at once, over all cells that are scanned together: pages come as quickly as AWS answers,
 * and the database is slower. A page that is being asked for counts as what pages lately were, for as long as `answerMs`: one that AWS
 * keeps waiting must keep nobody else waiting.
 */
export function rowBudget(most: number, { answerMs = 2_000 } = {}) {
  let held = 0;
  const asked = new Set<object>();
  let typical = FIRST_GUESS;
  let waiting: (() => void)[] = [];
  // One page alone is always let in, however large pages are.
  const isFull = () => held + asked.size > 0 && held + (asked.size + 1) * typical > most;

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  }

  /** The part of one cell. Whoever opens it closes it. */
  function open() {
    let mine = 0;

    function hold(rows: number): void {
      mine += rows;
      held += rows;
      wake();
    }

    async function ask<Row>(pages: AsyncIterator<Row[]>): Promise<IteratorResult<Row[]>> {
      while (isFull()) await new Promise<void>((go) => waiting.push(go));
      const asking = {};
      asked.add(asking);
      const late = setTimeout(() => void (asked.delete(asking), wake()), answerMs);
      let rows = 0;
      try {
        const next = await pages.next();
        if (!next.done) {
          rows = next.value.length;
          typical += (rows - typical) / 16;
        }
        return next;
      } finally {
        clearTimeout(late);
        asked.delete(asking);
        hold(rows);
      }
    }

    return {
      /** The pages of `source`, each asked for when there is room for it, and held until it is released. */
      async *paced<Row>(source: AsyncIterable<Row[]>): AsyncGenerator<Row[], void> {
        const pages = source[Symbol.asyncIterator]();
        for (let next = await ask(pages); !next.done; next = await ask(pages)) yield next.value;
      },
      /** So many rows are written, or need not be. */
      release: (rows: number) => hold(-rows),
      close: () => hold(-mine),
    };
  }

  return { open };
}

export type RowBudget = ReturnType<typeof rowBudget>;

/** Rows of a page before any was seen. */
const FIRST_GUESS = 100;
