import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { endWithUs } from "./watchdog";

type Env = Record<string, string | undefined>;

/** The processes that the demo started, and how they end. */
export interface Children {
  /** Starts a process that must live as long as the demo; its death is told to `onDeath` with the tail of what it said. */
  serve(name: string, args: string[], options: { env: Env; cwd?: string }): void;
  /** Runs a process to its end; throws with the tail of what it said unless it ended well, also where `stop` ended it. */
  finish(name: string, args: string[], options: { env: Env; cwd?: string }): Promise<void>;
  /** Ends all of them, the youngest first, and starts none any more. */
  stop(): Promise<void>;
}

const TAIL_CHARACTERS = 4_000;
const GRACE_MS = 8_000;

/** What children say goes to a file for each in `logDir`, and `echo` sees it line by line as well. */
export function startChildren({
  logDir,
  onDeath,
  echo,
}: {
  logDir: string;
  onDeath: (message: string) => void;
  echo?: (name: string, text: string) => void;
}): Children {
  mkdirSync(logDir, { recursive: true });
  const alive: ChildProcess[] = [];
  let isStopping = false;

  function begin(name: string, args: string[], { env, cwd }: { env: Env; cwd?: string }) {
    if (isStopping) throw new Error(`${name} is not started: the demo is being stopped.`);
    // A group of its own: Ctrl-C reaches only the demo, which ends its children in the right order.
    const child = spawn(process.execPath, args, {
      cwd,
      env: env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    endWithUs(child, "TERM", { group: true });
    alive.push(child);
    const logFile = path.join(logDir, `${name}.log`);
    const file = createWriteStream(logFile);
    let tail = "";
    const heard = (chunk: Buffer) => {
      file.write(chunk);
      tail = (tail + chunk.toString()).slice(-TAIL_CHARACTERS);
      echo?.(name, chunk.toString());
    };
    child.stdout?.on("data", heard);
    child.stderr?.on("data", heard);
    const ended = new Promise<string>((tell) => {
      child.once("error", (error) => tell(error.message));
      // "close" comes after the last output, which is where the reason stands.
      child.once("close", (code, signal) => {
        file.end();
        alive.splice(alive.indexOf(child), 1);
        tell(
          code === 0
            ? ""
            : `${name} ended with ${signal ?? `code ${code}`}. Its log is ${logFile}; it said last:\n${tail.trim() || "(nothing)"}`,
        );
      });
    });
    return ended;
  }

  return {
    serve(name, args, options) {
      void begin(name, args, options).then((problem) => {
        if (!isStopping) onDeath(problem || `${name} ended by itself.`);
      });
    },
    async finish(name, args, options) {
      const problem = await begin(name, args, options);
      if (problem) throw new Error(problem);
    },
    async stop() {
      isStopping = true;
      for (const child of [...alive].reverse()) await end(child);
    },
  };
}

/** With all that the child started: a build is a process below a script, and ends later than that. */
async function end(child: ChildProcess): Promise<void> {
  signalGroup(child, "SIGTERM");
  for (const until = Date.now() + GRACE_MS; signalGroup(child, 0); await delay(50))
    if (Date.now() > until) return void signalGroup(child, "SIGKILL");
}

/** To the child and to all that it started; whether any of them was there. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch (error) {
    // They ended in this moment, and macOS has yet to forget them.
    if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return false;
  }
}
