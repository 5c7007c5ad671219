import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startChildren } from "./children";

let logDir: string;
beforeEach(() => void (logDir = mkdtempSync(path.join(os.tmpdir(), "cloudguard-test-"))));
afterEach(() => rmSync(logDir, { recursive: true, force: true }));

const script = (code: string) => ["-e", code];
const options = { env: process.env };

describe("startChildren", () => {
  it("tells of a child's death with the tail of what it said", async () => {
    const died = new Promise<string>((onDeath) => {
      startChildren({ logDir, onDeath }).serve(
        "aws",
        script(`console.error("no such world"); process.exit(3)`),
        options,
      );
    });
    expect(await died).toMatch(/aws ended with code 3[^]*no such world/);
    expect(readFileSync(path.join(logDir, "aws.log"), "utf8")).toContain("no such world");
  });

  it("throws where a child that should finish does not end well", async () => {
    const children = startChildren({ logDir, onDeath: () => {} });
    await children.finish("migrate", script(""), options);
    await expect(children.finish("seed", script(`throw new Error("no role")`), options)).rejects.toThrow(
      /seed ended with code 1. Its log is .*seed\.log; it said last:[^]*no role/,
    );
  });

  it("ends what it started and what that started, and does not take it for a death", async () => {
    const deaths: string[] = [];
    let listening: (text: string) => void = () => {};
    const ready = new Promise<string>((tell) => (listening = tell));
    const children = startChildren({
      logDir,
      onDeath: (message) => deaths.push(message),
      echo: (_name, text) => listening(text),
    });
    children.serve(
      "app",
      script(
        `const { spawn } = require("node:child_process"); spawn(process.execPath, ["-e", "process.on('SIGTERM', () => setTimeout(process.exit, 500)); setInterval(() => {}, 1000); console.log(process.ppid + ' ' + process.pid)"], { stdio: "inherit" }); setInterval(() => {}, 1000)`,
      ),
      options,
    );
    const [child, grandchild] = (await ready).split(" ").map(Number);
    await children.stop();
    expect(() => process.kill(child!, 0)).toThrow("ESRCH");
    expect(isAlive(grandchild!)).toBe(false);
    expect(deaths).toEqual([]);
  });

  it("lets nothing go on that waited for one it has ended, and starts nothing more", async () => {
    let running: () => void = () => {};
    const isRunning = new Promise<void>((tell) => (running = tell));
    const children = startChildren({ logDir, onDeath: () => {}, echo: () => running() });
    const seeding = children.finish("seed", script(`setInterval(() => {}, 1000); console.log("seeding")`), options);
    const refused = expect(seeding).rejects.toThrow(/seed ended with SIGTERM/);
    await isRunning;
    await children.stop();
    await refused;
    await expect(children.finish("seed", script(""), options)).rejects.toThrow("being stopped");
    expect(() => children.serve("app", script(""), options)).toThrow("being stopped");
  });
});

/** An ended process whose parent is gone may wait a moment for whoever reaps it. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false; // there is no such process
  }
}
