import { createHash } from "node:crypto";

const MOST = 500;
const answers = new Map<string, unknown>();

/**
 * What `compute` says of `input`, worked out once a process: stored costs change twice a day, and a backtest takes a third
 * of a second. Only for pure functions; `name` tells them apart.
 */
export function remembered<I, T>(name: string, input: I, compute: (input: I) => T): T {
  const key = keyOf(name, input);
  if (answers.has(key)) return answers.get(key) as T; // the key names function and input, so it is this function's answer
  return remember(key, compute(input));
}

/** The same of an answer that takes rows to read: `version` is to name all that they depend on. */
export async function rememberedRead<T>(name: string, version: unknown, read: () => Promise<T>): Promise<T> {
  const key = keyOf(name, version);
  if (answers.has(key)) return answers.get(key) as T; // likewise
  return remember(key, await read());
}

function keyOf(name: string, input: unknown): string {
  return createHash("sha256")
    .update(`${name}\n${JSON.stringify(input)}`)
    .digest("base64");
}

function remember<T>(key: string, answer: T): T {
  answers.set(key, answer);
  const oldest = answers.keys().next();
  if (answers.size > MOST && !oldest.done) answers.delete(oldest.value);
  return answer;
}
