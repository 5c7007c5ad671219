// Finds a Chromium for the journeys, and installs one where there is none. Run by itself it prints where the browser is.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { root } from "./root.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
export const isDebianRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");

/** The path of a Chromium on this machine, or undefined. `CHROME_PATH` goes first. */
export function findBrowser(env = process.env) {
  if (env.CHROME_PATH) {
    if (isProgram(env.CHROME_PATH)) return env.CHROME_PATH;
    throw new Error(`CHROME_PATH names ${env.CHROME_PATH}, which is no program.`);
  }
  const folders = (env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const onPath = [...folders, "/usr/bin"].flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...onPath, chromium.executablePath()].find(isProgram);
}

/** The path of a Chromium, installed first if need be: Debian's package as root, else or where that fails Playwright's own. */
export function ensureBrowser() {
  const playwright = path.join(root, "node_modules/@playwright/test/cli.js");
  const ways = [
    () => true,
    () => isDebianRoot && installPackages("chromium"),
    () => run(process.execPath, [playwright, "install", "chromium"]),
  ];
  for (const way of ways) {
    const browser = way() ? findBrowser() : undefined;
    if (browser) return browser;
  }
  throw new Error(
    "There is no Chromium here and none could be installed. Install Chromium or Chrome, or set CHROME_PATH to one.",
  );
}

/** True when all went in; what apt-get says is shown. */
export function installPackages(...packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = () => run("apt-get", ["install", "-y", "--no-install-recommends", ...packages], env);
  return install() || (run("apt-get", ["update"], env) && install());
}

function run(command, args, env = process.env) {
  return spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], env }).status === 0;
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not to be run
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(ensureBrowser());
