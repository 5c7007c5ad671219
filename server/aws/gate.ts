import type { Rate } from "./rates";
import { answered, fullBucket, spent, throttled, waitMs, type Bucket } from "./token-bucket";
import { WaitingLine } from "./waiting-line";
import { abortReason } from "./waits";

/** Raised when a call would still wait for its rate after its deadline. */
export class RateDeadlineError extends Error {
  override readonly name = "RateDeadlineError";
}

/**
 * The gate before one API of one account and region. Who passes has a promise of a token and spends it at the moment
 * that the call leaves, so that calls which still wait for a slot cannot pile up into a burst that AWS would refuse.
 */
export class Gate {
  private bucket: Bucket;
  private unsent = 0;
  private readonly line = new WaitingLine<() => void>();
  private timer: NodeJS.Timeout | undefined;

  constructor(rate: Rate) {
    this.bucket = fullBucket(rate, performance.now());
  }

  /** Resolves when a call may go out. Rejects when aborted, or at `deadline` (on `performance.now()`'s clock). */
  pass(priority: number, deadline: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(abortReason(signal));
    if (this.line.length === 0 && waitMs(this.bucket, this.unsent, performance.now()) === 0) {
      this.unsent++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(late);
        signal?.removeEventListener("abort", abort);
      };
      const giveUp = (error: Error) => {
        if (!leave()) return;
        settle();
        reject(error);
      };
      const abort = () => giveUp(abortReason(signal!));
      const late = setTimeout(
        () => giveUp(new RateDeadlineError("still over its rate at the deadline")),
        deadline - performance.now(),
      );
      const leave = this.line.join(() => {
        settle();
        resolve();
      }, priority);
      signal?.addEventListener("abort", abort, { once: true });
      this.letIn();
    });
  }

  /** The call leaves now; returns the instant. */
  send(): number {
    const now = performance.now();
    this.unsent--;
    this.bucket = spent(this.bucket, now);
    this.letIn();
    return now;
  }

  /** Whoever passed does not call after all. */
  forgo(): void {
    this.unsent--;
    this.letIn();
  }

  wasAnswered(): void {
    this.bucket = answered(this.bucket);
  }

  wasThrottled(sentAt: number): void {
    this.bucket = throttled(this.bucket, sentAt, performance.now(), Math.random());
    this.letIn();
  }

  /** True when the gate is as new: nobody is in it and its bucket is full, so it may be forgotten. */
  isIdle(): boolean {
    const { declared, refillPerSecond } = this.bucket;
    const isFull = waitMs(this.bucket, declared.capacity - 1, performance.now()) === 0;
    return this.line.length === 0 && this.unsent === 0 && isFull && refillPerSecond >= declared.refillPerSecond;
  }

  private letIn(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.line.length > 0) {
      const wait = waitMs(this.bucket, this.unsent, performance.now());
      if (wait > 0) {
        this.timer = setTimeout(() => this.letIn(), wait);
        return;
      }
      this.unsent++;
      this.line.next()!();
    }
  }
}
