import { WaitingLine } from "./waiting-line";
import { abortReason } from "./waits";

/** At most `cap` calls in the air at once; the most urgent of those who wait goes next. */
export class Slots {
  private taken = 0;
  private readonly line = new WaitingLine<() => void>();

  constructor(private readonly cap: number) {}

  /** Resolves to the function that gives the slot back, to be called once. Rejects when `signal` is aborted first. */
  take(priority: number, signal?: AbortSignal): Promise<() => void> {
    if (signal?.aborted) return Promise.reject(abortReason(signal));
    if (this.taken < this.cap) {
      this.taken++;
      return Promise.resolve(() => this.giveBack());
    }
    return new Promise((resolve, reject) => {
      const abort = () => {
        if (leave()) reject(abortReason(signal!));
      };
      const leave = this.line.join(() => {
        signal?.removeEventListener("abort", abort);
        resolve(() => this.giveBack());
      }, priority);
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  /** The slot passes from hand to hand, so that nobody can slip in between. */
  private giveBack(): void {
    const next = this.line.next();
    if (next) next();
    else this.taken--;
  }
}
