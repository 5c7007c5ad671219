import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { useSimulatedAws } from "../tests/harness/aws";
import { useDatabase } from "../tests/harness/database";
import { fits } from "../tests/harness/input-arbitrary";
import { call, contextOf, procedures } from "../tests/harness/procedures";
import { asSuperuser, tenantTables } from "../tests/harness/synthetic-rows";
import { person } from "../tests/harness/tenants";
import { exportCsv, exportInput } from "./resources/export";

process.env.RATE_LIMIT_REQUESTS_PER_MINUTE = "1000000";
useDatabase();
useSimulatedAws();

const PRODUCTION = "123456789012";
const OWNER = "user_canary";
/** In the simulated world every secret of a function or a template begins so; the others are CloudGuard's own and its sessions'. */
const secrets = () => [
  /canary-[\w-]*/,
  new RegExp(process.env.AWS_SECRET_ACCESS_KEY!),
  /SessionToken\W{1,5}\w/,
  /SecretAccessKey\W{1,5}\w/,
];
const found = (whole: string) => secrets().flatMap((secret) => secret.exec(whole)?.[0] ?? []);

describe("the secrets that the world is full of", () => {
  it("are in nothing that a first sync logs, at the most talkative level", async () => {
    const script = path.join(import.meta.dirname, "../tests/harness/first-sync.ts");
    const child = spawn(process.execPath, ["--import", "tsx", script, PRODUCTION, OWNER], {
      env: { ...process.env, LOG_LEVEL: "trace" },
    });
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain("a scan failed");
    expect(found(stdout + stderr)).toEqual([]);
  }, 300_000);

  it("are in no row of any table", async () => {
    const tables = await asSuperuser<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    let rows = 0;
    for (const { name } of tables) {
      const all = await asSuperuser<{ row: string }>(`select t::text as row from "${name}" t`);
      rows += all.length;
      expect(found(all.map(({ row }) => row).join("\n")), name).toEqual([]);
    }
    expect(rows).toBeGreaterThan(300);
  });

  it("are in no answer of any query, nor in an export", async () => {
    const ids: string[] = [];
    for (const { name } of (await tenantTables()).filter(({ hasId }) => hasId))
      ids.push(...(await asSuperuser<{ id: string }>(`select "id" from "${name}" limit 20`)).map(({ id }) => id));
    const functions = await asSuperuser<{ id: string }>(
      `select "id" from "Resource" where "type" = 'AWS::Lambda::Function' limit 20`,
    );
    expect(functions.length).toBeGreaterThan(0);
    const told: string[] = [];
    const asked = procedures()
      .filter(({ type }) => type === "query")
      .flatMap(({ path: procedure, input }) =>
        (input ? fc.sample(fits(input, ids), { numRuns: 10, seed: 7 }) : [undefined]).map((sample) => [
          procedure,
          sample,
        ]),
      );
    asked.push(...functions.map(({ id }) => ["resources.byId", { resourceId: id }]));
    for (const [procedure, sample] of asked)
      told.push(JSON.stringify(await call(contextOf(OWNER), String(procedure), sample)));
    told.push(await new Response(await exportCsv(person(OWNER), exportInput(new URLSearchParams()))).text());
    expect(told.join("").length).toBeGreaterThan(50_000);
    expect(found(told.join("\n"))).toEqual([]);
  }, 300_000);
});
