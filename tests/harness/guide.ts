import { readFileSync } from "node:fs";
import { expect } from "vitest";

export interface Entry {
  /** What is seen, as the guide has it. */
  seen: string;
  remedy: string;
  /** What the product or AWS says, in pieces: an ellipsis stands for what differs. */
  quotes: string[];
}

/** The entries of the operator's troubleshooting, in order. */
export function troubleshooting(): Entry[] {
  const section = readFileSync("docs/operating.md", "utf8").split("\n## Troubleshooting\n")[1]!.split("\n## ")[0]!;
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) => {
    const [seen = "", remedy = ""] = row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    const quotes = [...seen.matchAll(/`([^`]+)`/g)].flatMap(([, words]) => words!.split("…"));
    return { seen, remedy, quotes: quotes.map((part) => part.trim()).filter(Boolean) };
  });
}

/** Every quote of the entry is in what was said. */
export function expectQuoted({ quotes }: Entry, ...said: (string | null | undefined)[]): void {
  expect(quotes.length).toBeGreaterThan(0);
  for (const quote of quotes) expect(said.join("\n")).toContain(quote);
}
