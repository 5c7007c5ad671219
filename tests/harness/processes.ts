import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

export interface RunningProcess {
  child: ChildProcess;
  /** What it said so far, on both streams. */
  said(): string;
  /** Resolves with its exit code once it has ended; null where a signal ended it. */
  ended: Promise<number | null>;
}

/** Starts a program of Node's; whoever starts it sees that it ends. */
export function startProcess(
  args: string[],
  { env, cwd }: { env: Record<string, string | undefined>; cwd?: string },
): RunningProcess {
  const child = spawn(process.execPath, args, {
    cwd,
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { child, said: () => text, ended: new Promise((done) => child.once("close", done)) };
}

/** Resolves when `url` answers `status`; throws with what the process said when it ends or a minute has passed. */
export async function answering(url: string, { said, child }: RunningProcess, status = 200): Promise<void> {
  for (const until = Date.now() + 60_000; ; await delay(100)) {
    try {
      if ((await fetch(url)).status === status) return;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // nobody listens yet
    }
    if (Date.now() > until || child.exitCode !== null || child.signalCode)
      throw new Error(`${url} did not answer:\n${said()}`);
  }
}

/** Resolves when the condition holds; throws where it does not within `withinMs`. */
export async function eventually(
  what: string,
  holds: () => Promise<boolean> | boolean,
  withinMs = 60_000,
): Promise<void> {
  for (const until = Date.now() + withinMs; !(await holds()); await delay(100))
    if (Date.now() > until) throw new Error(`${what}: not within ${withinMs / 1000} s`);
}
