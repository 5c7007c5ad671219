// Puts Clerk's browser bundles (MIT) where the stand-in serves them, from their npm packages, pinned by integrity. Idempotent.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
const dir = path.resolve(process.env.CLERK_LOCAL_ASSETS ?? path.join(path.dirname(fileURLToPath(import.meta.url)), "../../.local/clerk-assets"));
const PKGS = [
  {
    spec: "@clerk/clerk-js@6.40.0",
    to: "clerk-js",
    keep: /^(clerk\.browser\.js|[\w-]+_clerk\.browser_\w+_[\d.]+\.js)$/,
    integrity: "sha512-2MnZ/ygvuCmeuqfXQmsxfQaLN/SSJvQbtT2cLXbgr5VKr3KmZFZBVvX977fG3eZ6pprl4J9pO+I2bbe6BvColg==",
  },
  {
    spec: "@clerk/ui@1.36.0",
    to: "ui",
    keep: /^(ui\.browser\.js|[\w-]+_ui_58d0c7_[\d.]+\.js)$/,
    integrity: "sha512-uI96zYCh5jISLOt1mdpIPy/Y31P0kwFxjUFOxLUwFfTHFmGUcRjbqN6bbb+75tdI2Bz6ARGws3rhspDer+xIfQ==",
  },
];
for (const p of PKGS) {
  const out = path.join(dir, p.to);
  if (existsSync(out)) continue;
  const tmp = mkdtempSync(path.join(os.tmpdir(), "clerk-"));
  try {
    const [{ filename }] = JSON.parse(
      execFileSync("npm", ["pack", p.spec, "--json", "--silent", "--pack-destination", tmp], { encoding: "utf8" }),
    );
    const file = path.join(tmp, filename),
      got = "sha512-" + createHash("sha512").update(readFileSync(file)).digest("base64");
    if (p.integrity && got !== p.integrity) throw new Error(`${p.spec}: integrity mismatch: ${got}`);
    execFileSync("tar", ["xzf", file, "-C", tmp]);
    mkdirSync(out, { recursive: true });
    for (const f of [
      ...readdirSync(path.join(tmp, "package/dist"))
        .filter((f) => p.keep.test(f))
        .map((f) => "dist/" + f),
      "LICENSE",
    ])
      cpSync(path.join(tmp, "package", f), path.join(out, path.basename(f)));
    console.log(p.spec, got, readdirSync(out).length, "files");
  } finally {
    rmSync(tmp, { recursive: true, force: true });
  }
}
