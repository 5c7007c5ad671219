import { spawn, type ChildProcess } from "node:child_process";

/**
 * Sends `signal` to `child` when this process is gone, even when it was killed outright: a shell waits for the end of a pipe
 * that only we hold open. Where there is no shell, nothing watches. `group`: with all that the child started in turn.
 */
export function endWithUs(child: ChildProcess, signal: "INT" | "TERM", { group = false } = {}): void {
  if (child.pid === undefined) return;
  const target = group ? `-${child.pid}` : child.pid;
  const watchdog = spawn("/bin/sh", ["-c", `read _; kill -${signal} ${target} 2>/dev/null`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watchdog.once("error", (error) => console.warn(`Nothing watches over process ${child.pid}: ${error.message}`));
  watchdog.unref();
  (watchdog.stdin as unknown as { unref?: () => void }).unref?.();
  // Before the number can belong to another process.
  child.once("exit", () => watchdog.kill("SIGKILL"));
}
