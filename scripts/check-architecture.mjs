// `node scripts/check-architecture.mjs [folder]` reads every module that git lists and holds it against .dependency-cruiser.mjs.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { options, rulesFor } from "../.dependency-cruiser.mjs";
import { root as here } from "./root.mjs";

/** One sentence for each violation in the project at `root`, and how many of its modules were read. */
async function checkArchitecture(root) {
  const files = listedModules(root);
  const before = process.cwd();
  process.chdir(root); // dependency-cruiser resolves tsconfig's paths against the working directory
  try {
    const { output } = await cruise(
      files,
      {
        ...options,
        baseDir: root,
        tsConfig: { fileName: path.join(root, "tsconfig.json") },
        validate: true,
        ruleSet: { forbidden: rulesFor(root) },
      },
      undefined,
      { tsConfig: extractTSConfig(path.join(root, "tsconfig.json")) },
    );
    const read = new Set(output.modules.map(({ source }) => source));
    const missed = files.filter((file) => !read.has(file));
    const broken = output.summary.violations.map(
      ({ rule, from, to, cycle }) =>
        `${rule.name}: ${from} → ${cycle ? cycle.map(({ name }) => name).join(" → ") : to}`,
    );
    // A checker that silently reads nothing reports no violation.
    const unread =
      missed.length > 0
        ? [
            `read ${files.length - missed.length} of the ${files.length} modules that git lists; not ${missed.slice(0, 5).join(", ")}`,
          ]
        : [];
    const lost = output.modules.flatMap(({ source, dependencies }) =>
      dependencies
        .filter(({ couldNotResolve, module }) => couldNotResolve && /^(@\/|\.)/.test(module))
        .map(({ module }) => `an import that leads nowhere: ${source} → ${module}`),
    );
    return { violations: [...new Set([...broken, ...lost]), ...unread], count: files.length };
  } finally {
    process.chdir(before);
  }
}

/** TypeScript sources, tracked or new, that are not ignored and still exist. */
function listedModules(root) {
  const { status, stdout, stderr } = spawnSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "--", "*.ts", "*.tsx"],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 },
  );
  if (status !== 0) throw new Error(`git could not list the sources: ${stderr}`);
  return [...new Set(stdout.split("\n"))].filter(
    (file) => file && !file.endsWith(".d.ts") && existsSync(path.join(root, file)),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { violations, count } = await checkArchitecture(path.resolve(process.argv[2] ?? here));
  for (const violation of violations) console.error(violation);
  if (count === 0) console.error("git lists no module: there is nothing to check.");
  else if (violations.length === 0) console.log(`${count} modules keep the architecture.`);
  process.exit(violations.length > 0 || count === 0 ? 1 : 0);
}
