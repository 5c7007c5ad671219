import type { Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { perProcess } from "./per-process";
import { log } from "./log";

/** A process is told to stop and is killed some time later: within this it has handed back what it holds. */
const GRACE_MS = 9_000;
/** Work that has not ended by then, on a machine that is busy or with a database that is slow, is not waited for. */
const PATIENCE_MS = 5_000;

interface Ending {
  controller: AbortController;
  /** Work that must end, or be handed back, before the process may. */
  work: Set<Promise<unknown>>;
  servers: Set<Server>;
  handBacks: Set<() => Promise<unknown>>;
}

const ending = () =>
  perProcess<Ending>("ending", () => ({
    controller: new AbortController(),
    work: new Set(),
    servers: new Set(),
    handBacks: new Set(),
  }));

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

/** How to hand back what running work holds, where it does not end in time. Returns how to forget it, once it has ended. */
export function handBackLate(handBack: () => Promise<unknown>): () => void {
  const { handBacks } = ending();
  handBacks.add(handBack);
  return () => void handBacks.delete(handBack);
}

/** A server whose open requests are answered before the process ends. */
export function closeOnExit(server: Server): void {
  ending().servers.add(server);
}

/**
 * On SIGTERM and SIGINT: takes no more requests, answers the open ones, lets work hand back its leases, runs `last` and
 * exits with 0. What work does not hand back in time is handed back for it; the exit code is 1 where that fails too.
 */
export function exitOnSignals(last: () => Promise<unknown>): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void shutDown(signal, last));
}

async function shutDown(signal: string, last: () => Promise<unknown>): Promise<void> {
  const { controller, work, servers, handBacks } = ending();
  if (controller.signal.aborted) return;
  log.info({ signal, work: work.size }, "stopping");
  const late = setTimeout(() => {
    log.warn({ work: work.size }, "not everything ended in time; what is left is taken over when its lease runs out");
    process.exit(1);
  }, GRACE_MS);
  late.unref();
  controller.abort();
  const closing = Promise.allSettled([...servers].map(closed));
  if (await isWithin(PATIENCE_MS, Promise.allSettled([...work]))) {
    await closing;
    await last();
  } else {
    log.warn({ work: work.size }, "work does not end; what it holds is handed back");
    await Promise.all([...handBacks].map((handBack) => handBack()));
    await closing;
    // A transaction that hangs would keep the pool open: it ends with the process.
  }
  log.info("stopped");
  process.exit(0);
}

/** Whether `work` ends within `ms`. The process exits soon after: nobody stops the clock. */
function isWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  return Promise.race([work.then(() => true), delay(ms, false, { ref: false })]);
}

/** No new connection is taken, idle ones are closed, and open requests are answered. */
function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
  });
}
