import { perProcess } from "../per-process";

const bell = () => perProcess("bell", () => ({ rung: 0, sleepers: new Set<() => void>() }));

/** Work has just been made due in this process: whoever rests here looks again at once and not at the end of its rest. */
export function rouse(): void {
  bell().rung++;
  for (const wake of [...bell().sleepers]) wake();
}

/** Take it before looking for work, and give it to the rest that follows: what was made due meanwhile is then not slept through. */
export const lastRouse = (): number => bell().rung;

/** Resolves after `ms`, at the first `rouse` since `since` was taken, or when `signal` is aborted. */
export function restFor(ms: number, since: number, signal?: AbortSignal): Promise<void> {
  const { rung, sleepers } = bell();
  if (rung !== since || signal?.aborted) return Promise.resolve();
  return new Promise((done) => {
    const wake = () => {
      clearTimeout(timer);
      sleepers.delete(wake);
      signal?.removeEventListener("abort", wake);
      done();
    };
    const timer = setTimeout(wake, ms);
    sleepers.add(wake);
    signal?.addEventListener("abort", wake);
  });
}
