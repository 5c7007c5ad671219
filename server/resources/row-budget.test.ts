import { describe, expect, it } from "vitest";
import { rowBudget } from "./row-budget";

/** A source of pages of `size` rows; says how many were asked for. */
function source(size: number, pages = 3) {
  const asked = { pages: 0 };
  async function* made(): AsyncGenerator<number[], void> {
    while (asked.pages < pages) {
      asked.pages++;
      yield Array.from({ length: size }, () => 0);
    }
  }
  return { asked, pages: made() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("a row budget", () => {
  it("asks for no page beyond what may be held, until rows are released", async () => {
    const budget = rowBudget(100);
    // What pages are like shows with the first ones.
    for (let at = 0; at < 100; at++) {
      const cell = budget.open();
      for await (const page of cell.paced(source(40, 1).pages)) cell.release(page.length);
    }
    const cells = Array.from({ length: 5 }, () => ({ cell: budget.open(), from: source(40) }));
    const pages = cells.map(({ cell, from }) => cell.paced(from.pages)[Symbol.asyncIterator]().next());
    await settled();
    expect(cells.map(({ from }) => from.asked.pages)).toEqual([1, 1, 0, 0, 0]);
    cells[0]!.cell.release(40);
    await settled();
    expect(cells.map(({ from }) => from.asked.pages)).toEqual([1, 1, 1, 0, 0]);
    // A cell that fails gives back all that it held.
    cells[1]!.cell.close();
    cells[2]!.cell.close();
    expect((await Promise.all(pages)).every(({ done }) => done === false)).toBe(true);
  });

  it("lets one page in that is larger than all it may hold", async () => {
    const budget = rowBudget(10);
    const cell = budget.open();
    const seen: number[] = [];
    for await (const page of cell.paced(source(500).pages)) {
      seen.push(page.length);
      cell.release(page.length);
    }
    expect(seen).toEqual([500, 500, 500]);
  });

  it("keeps nobody waiting for a page that AWS does not give", async () => {
    const budget = rowBudget(10, { answerMs: 20 });
    async function* silent(): AsyncGenerator<number[], void> {
      await new Promise(() => undefined);
      yield [];
    }
    void budget.open().paced(silent())[Symbol.asyncIterator]().next();
    const from = source(10);
    const page = budget.open().paced(from.pages)[Symbol.asyncIterator]().next();
    await settled();
    expect(from.asked.pages).toBe(0);
    expect((await page).done).toBe(false);
  });

  it("goes on after a source that failed", async () => {
    const budget = rowBudget(10);
    async function* failing(): AsyncGenerator<number[], void> {
      yield Array.from({ length: 10 }, () => 0);
      throw new Error("AWS says no");
    }
    const cell = budget.open();
    const walk = cell.paced(failing())[Symbol.asyncIterator]();
    await walk.next();
    const failed = expect(walk.next()).rejects.toThrow("AWS says no");
    cell.release(5);
    cell.close();
    await failed;
    const other = budget.open();
    expect((await other.paced(source(10).pages)[Symbol.asyncIterator]().next()).done).toBe(false);
  });
});
