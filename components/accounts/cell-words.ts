/** Pure: scan cells in words, and as a grid. */
import type { Tone } from "@/components/ui/status";
import type { RouterOutputs } from "@/server/routers";
import { failureWords } from "./gap-words";

export type Cell = RouterOutputs["accounts"]["byId"]["cells"][number];

/** One word and a shape for a cell; what failed says how. */
export function cellState({ state, failure, lastSuccessAt }: Pick<Cell, "state" | "failure" | "lastSuccessAt">): {
  word: string;
  tone: Tone;
} {
  if (state === "RUNNING") return { word: "Reading", tone: "busy" };
  if (state === "QUEUED") return { word: "Waiting", tone: "waiting" };
  if (failure) return failureWords[failure.kind];
  return lastSuccessAt ? { word: "Read", tone: "ok" } : { word: "Not read", tone: "unknown" };
}

export interface CellRow {
  region: string;
  cells: (Cell | null)[];
  /** Nothing was found here, and whatever fails here fails in the same way wherever its type is read. */
  isQuiet: boolean;
}

export interface CellTable {
  types: string[];
  rows: CellRow[];
}

/** Regions down, types across; global first in both, then the regions with the most in them and the types by name. */
export function cellTable(cells: Cell[]): CellTable {
  const globals = new Set(cells.flatMap(({ region, type }) => (region === "aws-global" ? [type] : [])));
  const types = [...new Set(cells.map(({ type }) => type))].sort(
    (a, b) => Number(globals.has(b)) - Number(globals.has(a)) || a.localeCompare(b),
  );
  const regions = new Map<string, Map<string, Cell>>();
  for (const cell of cells) {
    const row = regions.get(cell.region) ?? new Map<string, Cell>();
    regions.set(cell.region, row.set(cell.type, cell));
  }
  const size = (region: string) =>
    region === "aws-global"
      ? Infinity
      : [...(regions.get(region)?.values() ?? [])].reduce((sum, { resourceCount }) => sum + (resourceCount ?? 0), 0);
  const ordered = [...regions.keys()].sort((a, b) => size(b) - size(a) || a.localeCompare(b));
  return {
    types,
    rows: ordered.map((region) => {
      const row = types.map((type) => regions.get(region)?.get(type) ?? null);
      return { region, cells: row, isQuiet: row.every((cell) => !cell || isQuietCell(cell, cells)) };
    }),
  };
}

/** Whatever goes on right now: a grid that grew and shrank with every sync would not hold still. */
function isQuietCell({ type, failure, resourceCount, lastSuccessAt }: Cell, all: Cell[]): boolean {
  if (!failure) return lastSuccessAt !== null && resourceCount === 0;
  const ofType = all.filter((other) => other.type === type);
  // A type that is read in one place alone says nowhere else how it fails.
  return !resourceCount && ofType.length > 1 && ofType.every((other) => other.failure?.kind === failure.kind);
}
