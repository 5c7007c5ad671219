import { describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { readCostPage, type Asked } from "./cost-explorer";
import { openSession } from "./session";

const aws = useSimulatedAws({ limits: "off" });
const question = { start: "2026-10-01", end: "2026-11-01", by: ["SERVICE", "LINKED_ACCOUNT"], token: null } as const;

async function requests() {
  const calls = await aws.calls();
  return calls.filter(({ service }) => service === "ce").reduce((sum, { count }) => sum + count, 0);
}

async function ask(asked: Asked) {
  const session = openSession(await aws.grant("200000000002"), "billing");
  return readCostPage(session, { ...question, by: [...question.by] }, { asked });
}

describe("a paid question", () => {
  it("is told of before each time that it is repeated, and never too late", async () => {
    await aws.forgetCalls();
    await aws.fault({ kind: "error5xx", service: "ce", times: 2 });
    const told: { requests: number; sent: number }[] = [];
    const asked: Asked = {
      requests: 0,
      onRepeat: async (count) => void told.push({ requests: count, sent: await requests() }),
    };
    const { body } = await ask(asked);
    expect(body.rows.length).toBeGreaterThan(0);
    expect(told).toEqual([
      { requests: 2, sent: 1 },
      { requests: 3, sent: 2 },
    ]);
    expect(asked.requests).toBe(3);
    expect(await requests()).toBe(3);
  });

  it("ends where it may not be repeated, and says why", async () => {
    await aws.forgetCalls();
    await aws.fault({ kind: "error5xx", service: "ce" });
    const asked: Asked = { requests: 0, onRepeat: () => Promise.reject(new RangeError("no cent is left")) };
    await expect(ask(asked)).rejects.toThrow(RangeError);
    expect(asked.requests).toBe(1);
    expect(await requests()).toBe(1);
  });
});
