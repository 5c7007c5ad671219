import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { anyInput } from "../../tests/harness/input-arbitrary";
import { call, contextOf, procedures } from "../../tests/harness/procedures";
import { furnishEveryTable } from "../../tests/harness/synthetic-rows";

/** A hundred find what breaks on most input; F9's thousand are asked for by `INPUTS=1000`. */
const INPUTS = Number(process.env.INPUTS ?? 100);
const AT_ONCE = 8;
/** An ExternalId that was not issued for just this account is refused at its field: no made-up input gets further. */
const refusesWhatIsMadeUp = ["accounts.connectWithExternalId"];

process.env.RATE_LIMIT_COSTLY_PER_MINUTE = "1000000";
process.env.RATE_LIMIT_REQUESTS_PER_MINUTE = "1000000";
useDatabase();
useSimulatedAws();

describe(`${INPUTS} inputs of any kind`, () => {
  it.each(procedures())(
    "make $path answer or refuse, and never fail",
    async ({ path, input }) => {
      const tenant = `user_${path}`;
      const ids = await furnishEveryTable(tenant, path);
      const context = contextOf(tenant);
      const waiting = fc.sample(anyInput(input, ids), { numRuns: input ? INPUTS : 20, seed: 20261124 });
      const failures: unknown[] = [];
      const codes = new Set<string>();
      const work = async () => {
        while (waiting.length > 0) {
          const next = waiting.pop();
          const outcome = await call(context, path, next);
          codes.add("code" in outcome ? outcome.code : "OK");
          if ("code" in outcome && outcome.code === "INTERNAL_SERVER_ERROR") failures.push({ input: next, ...outcome });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      expect(failures.slice(0, 3)).toEqual([]);
      // Inputs that were all refused at the door would have tried nothing.
      if (!refusesWhatIsMadeUp.includes(path)) expect([...codes].some((code) => code !== "BAD_REQUEST")).toBe(true);
    },
    600_000,
  );
});
