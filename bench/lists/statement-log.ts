import { setTimeout as delay } from "node:timers/promises";

/** A node of a plan as auto_explain tells it. */
interface PlanNode {
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: PlanNode[];
}

/** What PostgreSQL's log tells by auto_explain: the buffers that statements hit and read, summed as it comes. */
export class StatementLog {
  buffers = 0;
  /** The same by what was scanned: a table, with its index where it was found by one, or an index alone. */
  byScan: Record<string, number> = {};
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
      const { Plan: whole } = JSON.parse(`{${plan}}`) as { Plan: PlanNode };
      this.buffers += buffersOf(whole);
      this.note(whole);
      this.rest = this.rest.slice(end);
    }
    this.rest = this.rest.slice(-20);
  };

  private note(node: PlanNode): void {
    const within = (node.Plans ?? []).reduce((sum, plan) => sum + buffersOf(plan), 0);
    const scanned = node["Relation Name"] ?? node["Index Name"];
    if (scanned) this.byScan[scanned] = (this.byScan[scanned] ?? 0) + buffersOf(node) - within;
    for (const plan of node.Plans ?? []) this.note(plan);
  }

  /** Resolves once the log has been silent for a moment: it comes through a pipe, after the answer. */
  async settled(): Promise<void> {
    do await delay(4);
    while (performance.now() - this.heardAt < 4);
  }
}

const buffersOf = (node: PlanNode) => node["Shared Hit Blocks"] + node["Shared Read Blocks"];
