import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import { asSuperuser } from "../../tests/harness/synthetic-rows";
import { person } from "../../tests/harness/tenants";
import { forTenant } from "../db/client";
import { auditInput } from "./filter";
import { record } from "./record";
import { auditChoices, listEvents } from "./service";

useDatabase();

const ada = person("user_ada");
const bob = person("user_bob");
const list = (ctx: typeof ada, input: object = {}) => listEvents(ctx, auditInput.parse(input));

/** As many events as asked for, several of them in one moment, the newest last. */
async function happened(ctx: typeof ada, action: string, count: number) {
  await forTenant(ctx.tenantId, async (tx) => {
    for (let i = 0; i < count; i++) await record(tx, ctx, { action, target: `${action} ${i}` });
  });
}

describe("the audit log", () => {
  it("goes on from page to page without losing or doubling an entry, though many are of one moment", async () => {
    await happened(ada, "accounts.check", 25);
    await asSuperuser(`update "AuditEvent" set "at" = date_trunc('second', "at")`);
    const seen: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 10; pages++) {
      const page = await list(ada, { cursor, limit: 10 });
      seen.push(...page.entries.map(({ id }) => id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  it("is narrowed by person, action and day", async () => {
    const eve = {
      ...ada,
      clerkUserId: "user_eve",
      sender: { email: "eve@example.com", address: null, userAgent: null },
    };
    await happened(eve, "accounts.pause", 2);
    const today = new Date().toISOString().slice(0, 10);
    expect((await list(ada, { clerkUserIds: ["user_eve"] })).entries).toHaveLength(2);
    expect((await list(ada, { actions: ["accounts.pause"] })).entries).toHaveLength(2);
    expect((await list(ada, { actions: ["accounts.pause"], from: today, to: today })).entries).toHaveLength(2);
    expect((await list(ada, { to: "2001-01-01" })).entries).toEqual([]);
    expect(await auditChoices(ada)).toEqual({
      people: [
        { clerkUserId: "user_ada", email: null },
        { clerkUserId: "user_eve", email: "eve@example.com" },
      ],
      actions: ["accounts.check", "accounts.pause"],
    });
  });

  it("shows nobody another tenant's", async () => expect((await list(bob)).entries).toEqual([]));
});
