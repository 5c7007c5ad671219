/**
 * Evaluates the part of PromQL that `deploy/alerts.yaml` uses, over two scrapes of real metrics: selectors with = and =~,
 * rate and increase, sum, min and max with `by`, histogram_quantile, one division, one comparison, `or` and absent. Anything else
 * throws, so that a rule is never taken for tried that was not understood.
 */
export interface Scrapes {
  before: string;
  after: string;
  /** The seconds that lie between them. */
  seconds: number;
}

export interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** The series for which the expression holds: those that would alert. */
export function evaluate(expression: string, scrapes: Scrapes): Sample[] {
  const [first, ...others] = expression.split(" or ").map((operand) => holding(operand, scrapes));
  return others.reduce((held, more) => (held.length > 0 ? held : more), first!);
}

function holding(expression: string, scrapes: Scrapes): Sample[] {
  const absent = /^absent\((\w+)\)$/.exec(expression)?.[1];
  if (absent) return scrapes.after.includes(`\n${absent} `) ? [] : [{ labels: {}, value: 1 }];
  const tokens = expression.match(/[a-zA-Z_:][\w:]*|\d+(\.\d+)?[a-z]?|"[^"]*"|=~|==|>=|<=|[{}()[\],=/<>]/g) ?? [];
  if (tokens.join("") !== expression.replaceAll(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/g, ""))
    throw new Error(`not understood: ${expression}`);
  const parser = new Parser(tokens, scrapes);
  const left = parser.quotient();
  const operator = parser.take();
  const bound = Number(parser.take());
  const compare = comparisons[operator];
  if (!compare || Number.isNaN(bound) || !parser.isAtEnd()) throw new Error(`not a comparison: ${expression}`);
  return left.filter(({ value }) => compare(value, bound));
}

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  "==": (a, b) => a === b,
};

class Parser {
  private at = 0;
  constructor(
    private readonly tokens: string[],
    private readonly scrapes: Scrapes,
  ) {}

  isAtEnd = () => this.at === this.tokens.length;

  take(expected?: string): string {
    const token = this.tokens[this.at++];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`expected ${expected ?? "more"}, found ${token ?? "the end"}`);
    return token;
  }

  quotient(): Sample[] {
    const left = this.vector();
    if (this.tokens[this.at] !== "/") return left;
    this.take("/");
    const right = new Map(this.vector().map(({ labels, value }) => [keyOf(labels), value]));
    return left.flatMap(({ labels, value }) => {
      const divisor = right.get(keyOf(labels));
      return divisor === undefined ? [] : [{ labels, value: value / divisor }];
    });
  }

  private vector(): Sample[] {
    const name = this.take();
    if (name === "sum" || name === "min" || name === "max") return this.aggregate(name);
    if (name === "rate" || name === "increase") return this.change(name);
    if (name === "histogram_quantile") return this.quantile();
    return select(this.scrapes.after, name, this.matchers());
  }

  private aggregate(how: "sum" | "min" | "max"): Sample[] {
    const by: string[] = [];
    if (this.tokens[this.at] === "by") {
      this.take("by");
      this.take("(");
      for (let token = this.take(); token !== ")"; token = this.take()) if (token !== ",") by.push(token);
    }
    this.take("(");
    const samples = this.vector();
    this.take(")");
    const groups = new Map<string, Sample>();
    for (const { labels, value } of samples) {
      const kept = Object.fromEntries(by.map((name) => [name, labels[name] ?? ""]));
      const group = groups.get(keyOf(kept));
      groups.set(keyOf(kept), {
        labels: kept,
        value: !group ? value : how === "sum" ? group.value + value : Math[how](group.value, value),
      });
    }
    return [...groups.values()];
  }

  private change(how: "rate" | "increase"): Sample[] {
    this.take("(");
    const name = this.take();
    const matchers = this.matchers();
    this.take("[");
    this.take();
    this.take("]");
    this.take(")");
    const before = new Map(
      select(this.scrapes.before, name, matchers).map(({ labels, value }) => [keyOf(labels), value]),
    );
    // As Prometheus does: a series grows from its second sample on, so one that is new has not grown.
    return select(this.scrapes.after, name, matchers).flatMap(({ labels, value }) => {
      const earlier = before.get(keyOf(labels));
      if (earlier === undefined) return [];
      const increase = value - earlier;
      return [{ labels, value: how === "rate" ? increase / this.scrapes.seconds : increase }];
    });
  }

  /** As Prometheus does: linear within the bucket that the rank falls into, the last finite bound beyond it. */
  private quantile(): Sample[] {
    this.take("(");
    const q = Number(this.take());
    this.take(",");
    const buckets = this.vector();
    this.take(")");
    const groups = new Map<string, { labels: Record<string, string>; bounds: [number, number][] }>();
    for (const {
      labels: { le = "", ...labels },
      value,
    } of buckets) {
      const group = groups.get(keyOf(labels)) ?? { labels, bounds: [] };
      group.bounds.push([le === "+Inf" ? Infinity : Number(le), value]);
      groups.set(keyOf(labels), group);
    }
    return [...groups.values()].map(({ labels, bounds }) => {
      const sorted = bounds.sort(([a], [b]) => a - b);
      const total = sorted.at(-1)?.[1] ?? 0;
      const at = sorted.findIndex(([, count]) => count >= q * total);
      if (total === 0 || at < 0) return { labels, value: NaN };
      const [upper, count] = sorted[at]!;
      const [lower, below] = sorted[at - 1] ?? [0, 0];
      if (upper === Infinity) return { labels, value: lower };
      return { labels, value: lower + ((upper - lower) * (q * total - below)) / (count - below) };
    });
  }

  private matchers(): ((labels: Record<string, string>) => boolean)[] {
    const all: ((labels: Record<string, string>) => boolean)[] = [];
    if (this.tokens[this.at] !== "{") return all;
    this.take("{");
    for (let name = this.take(); name !== "}"; name = this.take()) {
      if (name === ",") continue;
      const isPattern = this.take() === "=~";
      const wanted = this.take().slice(1, -1);
      all.push((labels) =>
        isPattern ? new RegExp(`^(?:${wanted})$`).test(labels[name] ?? "") : labels[name] === wanted,
      );
    }
    return all;
  }
}

/** The series of a metric in Prometheus's text format. Throws where the process does not know the metric at all. */
function select(text: string, name: string, matchers: ((labels: Record<string, string>) => boolean)[]): Sample[] {
  const declared = name.replace(/_(bucket|count|sum)$/, "");
  if (!text.includes(`# TYPE ${declared} `) && !text.includes(`# TYPE ${name} `))
    throw new Error(`no metric is called ${name}`);
  return text.split("\n").flatMap((line) => {
    const found = /^([\w:]+)(?:{(.*)})? (\S+)$/.exec(line);
    if (!found || found[1] !== name) return [];
    const labels = Object.fromEntries(
      [...(found[2] ?? "").matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
    );
    return matchers.every((fits) => fits(labels)) ? [{ labels, value: Number(found[3]) }] : [];
  });
}

const keyOf = (labels: Record<string, string>) => JSON.stringify(Object.entries(labels).sort());
