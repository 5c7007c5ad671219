import { fork } from "node:child_process";
import path from "node:path";

/** What the program at `file` of bench/ sends when it has worked on `argument`, in a process of its own. Throws where it ends without. */
export function toldBy<Told>(file: string, argument: object, env: Record<string, string> = {}): Promise<Told> {
  const child = fork(path.resolve("bench", file), [JSON.stringify(argument)], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ...env },
  });
  return new Promise((done, failed) => {
    child.once("message", (told) => done(told as Told));
    child.once("exit", (code) => failed(new Error(`${file} ended with ${code} and told nothing`)));
  });
}
