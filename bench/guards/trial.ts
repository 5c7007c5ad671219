import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./copy";
import type { Guard } from "./list";
import type { Failure, Ran } from "../tests/run";

/** What one run takes out, and who must notice. */
export interface Trial {
  goal: string;
  name: string;
  project: Guard["project"];
  edits: Edit[];
  tests: string[];
  /** Parts of the names of the tests that are meant; none is all of them. */
  only: string[];
  /** What no test noticed, of what failed now and had passed with every guard in its place. */
  unnoticed: (failures: Failure[], inPlace: Ran["passed"]) => string[];
}

/** What stands between `start` and `end` gives way to `text`. */
export interface Edit {
  file: string;
  start: number;
  end: number;
  text: string;
}

/** Throws where the guard does not stand exactly once where its list says. */
export function trialOf({ goal, name, project, file, out: [from, to], test, only }: Guard): Trial {
  const whole = readFileSync(path.join(root, file), "utf8");
  if (whole.split(from).length !== 2)
    throw new Error(`${file} does not have “${from}” once: say here where the guard is.`);
  const start = whole.indexOf(from);
  return {
    ...{ goal, name, project },
    edits: [{ file, start, end: start + from.length, text: to }],
    tests: [test],
    only: only ? [only] : [],
    unnoticed: (failures) => (failures.length > 0 ? [] : [name]),
  };
}

/** A file's text with those edits that are of it. */
export function edited(text: string, edits: Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((whole, { start, end, text: put }) => whole.slice(0, start) + put + whole.slice(end), text);
}
