"use client";
import { useSyncExternalStore } from "react";

const TICK_MS = 10_000;
const listeners = new Set<() => void>();
let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The time, ten seconds fresh, from one clock for the whole page. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, current, current));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The same value until the next tick, as React asks of a snapshot. */
function current(): number {
  if (!timer && Date.now() - now > 1000) now = Date.now();
  return now;
}
