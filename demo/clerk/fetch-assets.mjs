// Puts Clerk's browser bundles (MIT) where the stand-in serves them, out of their npm packages and pinned by integrity.
// As dependencies they would bring hundreds of packages along. Run again it does nothing.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

const assets = path.resolve(
  process.env.CLERK_LOCAL_ASSETS || path.join(import.meta.dirname, "../../.local/clerk-assets"),
);
const packages = [
  {
    spec: "@clerk/clerk-js@6.40.0",
    folder: "clerk-js",
    bundles: /^(clerk\.browser\.js|[\w-]+_clerk\.browser_\w+_[\d.]+\.js)$/,
    integrity: "sha512-2MnZ/ygvuCmeuqfXQmsxfQaLN/SSJvQbtT2cLXbgr5VKr3KmZFZBVvX977fG3eZ6pprl4J9pO+I2bbe6BvColg==",
  },
  {
    spec: "@clerk/ui@1.36.0",
    folder: "ui",
    bundles: /^(ui\.browser\.js|[\w-]+_ui_58d0c7_[\d.]+\.js)$/,
    integrity: "sha512-uI96zYCh5jISLOt1mdpIPy/Y31P0kwFxjUFOxLUwFfTHFmGUcRjbqN6bbb+75tdI2Bz6ARGws3rhspDer+xIfQ==",
  },
];

for (const wanted of packages) {
  const target = path.join(assets, wanted.folder);
  if (existsSync(target)) continue;
  mkdirSync(assets, { recursive: true });
  const scratch = mkdtempSync(path.join(assets, "fetching-"));
  try {
    unpack(wanted, scratch);
    renameSync(path.join(scratch, "bundles"), target);
    console.log(`${wanted.spec} is here.`);
  } catch (error) {
    console.error(`${wanted.spec} could not be fetched: ${error.message}`);
    process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function unpack({ spec, bundles, integrity }, scratch) {
  const told = execFileSync("npm", ["pack", spec, "--json", "--silent", "--pack-destination", scratch], {
    encoding: "utf8",
    cwd: scratch,
    shell: process.platform === "win32",
  });
  const archive = path.join(scratch, JSON.parse(told)[0].filename);
  const found = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (found !== integrity) throw new Error(`its integrity is ${found}, not the pinned ${integrity}`);
  execFileSync("tar", ["xzf", archive, "-C", scratch]);
  const dist = path.join(scratch, "package/dist");
  mkdirSync(path.join(scratch, "bundles"));
  for (const name of readdirSync(dist).filter((file) => bundles.test(file)))
    cpSync(path.join(dist, name), path.join(scratch, "bundles", name));
  cpSync(path.join(scratch, "package/LICENSE"), path.join(scratch, "bundles/LICENSE"));
}
