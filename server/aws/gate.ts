import type { Rate } from "./rates";
import { answered, fullBucket, spent, throttled, waitMs, type Bucket } from "./token-bucket";
import { WaitingLine } from "./waiting-line";
import { abortReason } from "./waits";

/** Raised when the API has answered nobody for so long that waiting for it has no sense. */
export class RateDeadlineError extends Error {
  override readonly name = "RateDeadlineError";
}

/** What came of a call: an answer, AWS's "too fast", or anything else. */
export type Landing = "answered" | "throttled" | "failed";

/**
 * The gate before one API of one account and region. Who passes has a promise of a token and spends it at the moment
 * that the call leaves, so that calls which still wait for a slot cannot pile up into a burst that AWS would refuse. A throttle
 * makes void what was promised before it.
 */
export class Gate {
  private bucket: Bucket;
  private unsent = 0;
  private inAir = 0;
  /** How often what was promised became void. */
  private voided = 0;
  private answeredAt = 0;
  private readonly line = new WaitingLine<() => void>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    rate: Rate,
    private readonly patienceMs = 45_000,
  ) {
    this.bucket = fullBucket(rate, performance.now());
  }

  /**
   * Resolves to a promise for `holds` when a call may go out. Rejects when aborted, or once a call of `startedAt` (on `performance.now()`'s clock)
   * has waited for the whole patience without any answer coming through: a queue that moves is no reason to give up.
   */
  pass(priority: number, startedAt: number, signal?: AbortSignal): Promise<number> {
    if (signal?.aborted) return Promise.reject(abortReason(signal));
    if (this.patienceLeft(startedAt) <= 0) return Promise.reject(stalled());
    if (this.line.length === 0 && this.hasRoom() && waitMs(this.bucket, this.unsent, performance.now()) === 0) {
      this.unsent++;
      return Promise.resolve(this.voided);
    }
    return new Promise((resolve, reject) => {
      let late: NodeJS.Timeout;
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
      const watch = () => {
        const left = this.patienceLeft(startedAt);
        if (left > 0) late = setTimeout(watch, left);
        else giveUp(stalled());
      };
      const leave = this.line.join(() => {
        settle();
        resolve(this.voided);
      }, priority);
      signal?.addEventListener("abort", abort, { once: true });
      watch();
      this.letIn();
    });
  }

  /** False where a throttle made `promise` void: whoever has it forgoes, and passes again. */
  holds(promise: number): boolean {
    return promise === this.voided;
  }

  /** The call leaves now; returns the instant. */
  send(): number {
    const now = performance.now();
    this.unsent--;
    this.inAir++;
    this.bucket = spent(this.bucket, now);
    this.letIn();
    return now;
  }

  /** Whoever passed does not call after all. */
  forgo(): void {
    this.unsent--;
    this.letIn();
  }

  /** What came of the call that left at `sentAt`. */
  landed(landing: Landing, sentAt: number): void {
    this.inAir--;
    if (landing === "answered") {
      this.answeredAt = performance.now();
      this.bucket = answered(this.bucket);
    } else if (landing === "throttled") {
      this.voided++;
      this.bucket = throttled(this.bucket, sentAt, performance.now(), Math.random());
    }
    this.letIn();
  }

  /** True when the gate is as new: nobody is in it and its bucket is full, so it may be forgotten. */
  isIdle(): boolean {
    const { declared, refillPerSecond } = this.bucket;
    const isFull = waitMs(this.bucket, declared.capacity - 1, performance.now()) === 0;
    return (
      this.line.length === 0 && this.unsent + this.inAir === 0 && isFull && refillPerSecond >= declared.refillPerSecond
    );
  }

  private hasRoom(): boolean {
    return this.unsent + this.inAir < this.bucket.window;
  }

  private patienceLeft(startedAt: number): number {
    return Math.max(startedAt, this.answeredAt) + this.patienceMs - performance.now();
  }

  private letIn(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.line.length > 0 && this.hasRoom()) {
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

function stalled(): RateDeadlineError {
  return new RateDeadlineError("AWS has been refusing this call as too fast and answered none in between");
}
