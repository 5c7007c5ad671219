import { setTimeout as delay } from "node:timers/promises";

/** What PostgreSQL's log tells by auto_explain: the buffers that statements hit and read, summed as it comes. */
export class StatementLog {
  buffers = 0;
  private rest = "";
  private heardAt = 0;

  readonly hear = (text: string): void => {
    this.heardAt = performance.now();
    this.rest += text;
    // A plan begins at the margin after a tab; its first node's buffers are those of the whole statement.
    for (;;) {
      const begin = this.rest.indexOf('"Plan": {');
      if (begin < 0) break;
      const end = this.rest.indexOf("\n\t}\n", begin);
      if (end < 0) return;
      const plan = this.rest.slice(begin, end);
      this.buffers += numberAfter(plan, '"Shared Hit Blocks": ') + numberAfter(plan, '"Shared Read Blocks": ');
      this.rest = this.rest.slice(end);
    }
    this.rest = this.rest.slice(-20);
  };

  /** Resolves once the log has been silent for a moment: it comes through a pipe, after the answer. */
  async settled(): Promise<void> {
    do await delay(4);
    while (performance.now() - this.heardAt < 4);
  }
}

function numberAfter(text: string, label: string): number {
  const at = text.indexOf(label);
  return at < 0 ? 0 : Number.parseInt(text.slice(at + label.length), 10);
}
