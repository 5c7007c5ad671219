import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** Every file that git lists or would, with the installed packages and the generated client beside them, in a folder of its own. */
export function copyOfTheProject({ isBuilt }: { isBuilt: boolean }): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-guards-"));
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  for (const file of listed.split("\0").filter((name) => name && existsSync(path.join(root, name))))
    cpSync(path.join(root, file), path.join(folder, file));
  cpSync(path.join(root, "server/db/generated"), path.join(folder, "server/db/generated"), { recursive: true });
  const installed = path.join(root, "node_modules");
  // A build follows no link out of its folder; hard links take no room.
  if (isBuilt) execFileSync("cp", ["-al", installed, path.join(folder, "node_modules")]);
  else symlinkSync(installed, path.join(folder, "node_modules"));
  const assets = ".local/clerk-assets";
  if (isBuilt && existsSync(path.join(root, assets)))
    cpSync(path.join(root, assets), path.join(folder, ".local/e2e/clerk-assets"), { recursive: true });
  return folder;
}
