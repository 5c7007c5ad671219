import type { Server } from "node:http";
import { perProcess } from "./per-process";
import { log } from "./log";

/** A process is told to stop and is killed some time later: within this it has handed back what it holds. */
const GRACE_MS = 9_000;

interface Ending {
  controller: AbortController;
  /** Work that must end, or be handed back, before the process may. */
  work: Set<Promise<unknown>>;
  servers: Set<Server>;
}

const ending = () =>
  perProcess<Ending>("ending", () => ({ controller: new AbortController(), work: new Set(), servers: new Set() }));

/** Aborted once this process has been told to stop: whoever holds leases hands them back. */
export function stopping(): AbortSignal {
  return ending().controller.signal;
}

/** Keeps the process until `work` has ended, for as long as the grace allows. Returns `work`. */
export function finishFirst<T>(work: Promise<T>): Promise<T> {
  const { work: all } = ending();
  all.add(work);
  const forget = () => void all.delete(work);
  work.then(forget, forget);
  return work;
}

/** A server whose open requests are answered before the process ends. */
export function closeOnExit(server: Server): void {
  ending().servers.add(server);
}

/**
 * On SIGTERM and SIGINT: takes no more requests, answers the open ones, lets work hand back its leases, runs `last` and
 * exits with 0. What does not end within the grace is left to its lease; the exit code is 1 then.
 */
export function exitOnSignals(last: () => Promise<unknown>): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void shutDown(signal, last));
}

async function shutDown(signal: string, last: () => Promise<unknown>): Promise<void> {
  const { controller, work, servers } = ending();
  if (controller.signal.aborted) return;
  log.info({ signal, work: work.size }, "stopping");
  const late = setTimeout(() => {
    log.warn({ work: work.size }, "not everything ended in time; what is left is taken over when its lease runs out");
    process.exit(1);
  }, GRACE_MS);
  late.unref();
  controller.abort();
  await Promise.allSettled([...work, ...[...servers].map(closed)]);
  await last();
  log.info("stopped");
  process.exit(0);
}

/** No new connection is taken, idle ones are closed, and open requests are answered. */
function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
  });
}
