/** Those who wait, the most urgent first and in order of arrival among equals. */
export class WaitingLine<T> {
  private readonly waiting: { priority: number; value: T }[] = [];

  get length(): number {
    return this.waiting.length;
  }

  /** Returns how to leave the line early; true if one was still in it. */
  join(value: T, priority: number): () => boolean {
    const entry = { priority, value };
    // Binary search for the first that is less urgent: new arrivals stand behind their equals.
    let low = 0;
    let high = this.waiting.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.waiting[middle]!.priority >= priority) low = middle + 1;
      else high = middle;
    }
    this.waiting.splice(low, 0, entry);
    return () => {
      const at = this.waiting.indexOf(entry);
      if (at < 0) return false;
      this.waiting.splice(at, 1);
      return true;
    };
  }

  next(): T | undefined {
    return this.waiting.shift()?.value;
  }
}
