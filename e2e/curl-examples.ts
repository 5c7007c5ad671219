import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const root = path.resolve(import.meta.dirname, "..");

export interface CurlExample {
  heading: string;
  command: string;
  /** What the document shows as its answer. */
  answer: unknown;
}

/** The commands of docs/rest-api.md, each with the answer that follows it. */
export function curlExamples(): CurlExample[] {
  const sections = readFileSync(path.join(root, "docs/rest-api.md"), "utf8").split(/^## /m);
  return sections.flatMap((section) => {
    const [, command] = /```bash\n([\s\S]*?)```/.exec(section) ?? [];
    const [, answer] = /```json\n([\s\S]*?)```/.exec(section) ?? [];
    if (!command || !answer) return [];
    return [{ heading: section.split("\n")[0]!, command, answer: JSON.parse(answer) as unknown }];
  });
}

/** The README's commands for the shell that call the API. */
export function readmeExample(): string {
  const [, block] =
    /## The REST API\n+```sh\n([\s\S]*?)```/.exec(readFileSync(path.join(root, "README.md"), "utf8")) ?? [];
  if (!block) throw new Error("The README has no example of the REST API.");
  return block;
}

/** What the README's tour breaks the simulated AWS with. */
export function readmeFault(): string {
  const [, command] =
    /`(curl [^`]*\/_sim\/faults[^`]*)`/.exec(readFileSync(path.join(root, "README.md"), "utf8")) ?? [];
  if (!command) throw new Error("The README's tour breaks nothing.");
  return command;
}

/** What commands print; curl's progress goes elsewhere. */
export async function bash(commands: string, env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await promisify(execFile)("bash", ["-c", `set -e\n${commands}`], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  return stdout;
}

/** Where `actual` lacks something that `shown` has, or has it of another type. Figures that were not read are null. */
export function lacking(shown: unknown, actual: unknown, at = "answer"): string[] {
  if (actual === null || shown === null) return [];
  if (Array.isArray(shown)) {
    if (!Array.isArray(actual)) return [`${at} is no list`];
    return shown.length > 0 && actual.length > 0 ? lacking(shown[0], actual[0], `${at}[0]`) : [];
  }
  if (typeof shown !== typeof actual) return [`${at} is ${typeof actual}, not ${typeof shown}`];
  // Tags are named by whoever tagged.
  if (typeof shown !== "object" || at.endsWith(".tags")) return [];
  return Object.entries(shown).flatMap(([key, value]) =>
    key in (actual as object)
      ? lacking(value, (actual as Record<string, unknown>)[key], `${at}.${key}`)
      : [`${at}.${key} is not there`],
  );
}
