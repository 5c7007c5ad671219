/** The doors of the operator's own tools: the clock, Prometheus, probes. */
import { describe, expect, it } from "vitest";
import * as cron from "../app/api/cron/[job]/route";
import * as live from "../app/api/health/live/route";
import * as ready from "../app/api/health/ready/route";
import * as figures from "../app/api/metrics/route";
import * as trpc from "../app/api/trpc/[trpc]/route";
import { metrics } from "../server/metrics";
import { useDatabase } from "./harness/database";

useDatabase();
const LIMIT = 6;
const secret = "0123456789abcdef";
Object.assign(process.env, {
  CRON_SECRET: secret,
  METRICS_TOKEN: secret,
  RATE_LIMIT_REQUESTS_PER_MINUTE: String(LIMIT / 3),
  RATE_LIMIT_SHARED_FACTOR: "3",
});

const doors = { cron, live, ready, metrics: figures, trpc };
type Door = keyof typeof doors;
type Verb = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
const route = { params: Promise.resolve({ job: "upkeep", trpc: "accounts.list" }) };
const ask = (door: Door, headers: Record<string, string> = {}, method: Verb = "GET"): Promise<Response> =>
  doors[door][method](new Request("http://localhost:3000/x", { method, headers }), route);
const bearer = { authorization: `Bearer ${secret}` };

it.each(Object.keys(doors) as Door[])(
  "%s gives each answer a request id, also to verbs that it lacks",
  async (door) => {
    const ids = new Set<string | null>();
    for (const method of ["PUT", "PATCH", "DELETE"] as const) {
      const answer = await ask(door, bearer, method);
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, expect.stringContaining("GET, ") as string]);
      ids.add(answer.headers.get("x-request-id"));
    }
    ids.add((await ask(door, bearer, "OPTIONS")).headers.get("x-request-id"));
    if (door !== "trpc") ids.add((await ask(door, bearer)).headers.get("x-request-id"));
    for (const id of ids) expect(id).toMatch(/^req_[0-9a-f]{24}$/);
    expect(ids.size).toBe(door === "trpc" ? 4 : 5);
  },
);

describe.each([
  ["cron", "203.0.113.20"],
  ["metrics", "203.0.113.21"],
] as const)("%s", (door, address) => {
  it("lets nobody guess its bearer for long, and whoever has it is never counted", async () => {
    const from = { "x-forwarded-for": address };
    const guesses = await Promise.all(
      Array.from({ length: 15 }, (_, i) => ask(door, { ...from, authorization: `Bearer guess-${i}` })),
    );
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(LIMIT);
    const refused = guesses.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(15 - LIMIT);
    for (const { headers } of refused) expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    for (let i = 0; i < LIMIT + 1; i++) expect((await ask(door, { ...from, ...bearer })).status).toBe(200);
  });
});

it("readiness looks at the database once a second at most, however many ask", async () => {
  const looks = async () => {
    const { values } = await metrics.transactions.get();
    const count = ({ metricName, labels }: (typeof values)[number]) =>
      metricName?.endsWith("_count") && labels.scope === "system";
    return values.filter(count).reduce((sum, { value }) => sum + value, 0);
  };
  const before = await looks();
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask("ready")));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await looks()) - before).toBeLessThanOrEqual(1);
});
