import { describe, expect, it } from "vitest";
import { Gate, RateDeadlineError } from "./gate";

const now = () => performance.now();

describe("a gate", () => {
  it("keeps to its rate however many want to pass", async () => {
    const gate = new Gate({ capacity: 5, refillPerSecond: 100 });
    const start = performance.now();
    const call = () => gate.pass(0, now()).then(() => gate.landed("answered", gate.send()));
    await Promise.all(Array.from({ length: 15 }, call));
    expect(performance.now() - start).toBeGreaterThanOrEqual(95);
  });

  it("promises no more tokens than it has while calls have passed and not left", async () => {
    const gate = new Gate({ capacity: 2, refillPerSecond: 1000 }, 20);
    await gate.pass(0, now());
    await gate.pass(0, now());
    await expect(gate.pass(0, now())).rejects.toBeInstanceOf(RateDeadlineError);
    gate.forgo();
    await gate.pass(0, now());
  });

  it("lets a few calls find out what AWS allows before it sends the many that are declared", async () => {
    const gate = new Gate({ capacity: 100, refillPerSecond: 1 });
    let passed = 0;
    for (let call = 0; call < 30; call++) void gate.pass(0, now()).then(() => passed++);
    const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
    await settled();
    expect(passed).toBe(5);
    for (let call = 0; call < 5; call++) gate.landed("answered", gate.send());
    await settled();
    expect(passed).toBe(12);
  });

  it("makes void at a throttle what it had promised and what has not left", async () => {
    const gate = new Gate({ capacity: 10, refillPerSecond: 100 });
    const first = await gate.pass(0, now());
    const second = await gate.pass(0, now());
    expect(gate.holds(first)).toBe(true);
    gate.landed("throttled", gate.send());
    expect(gate.holds(second)).toBe(false);
    gate.forgo();
    const startedAt = now();
    expect(gate.holds(await gate.pass(0, now()))).toBe(true);
    expect(now() - startedAt).toBeGreaterThan(150);
  });

  it("gives up when nobody was answered for its patience, and on cancel", async () => {
    const gate = new Gate({ capacity: 1, refillPerSecond: 0.01 }, 50);
    await gate.pass(0, now());
    gate.send();
    const cancel = new AbortController();
    const late = gate.pass(0, now());
    const cancelled = gate.pass(0, now(), cancel.signal);
    cancel.abort(new Error("cancelled"));
    await expect(cancelled).rejects.toThrow("cancelled");
    await expect(late).rejects.toBeInstanceOf(RateDeadlineError);
  });

  it("waits for longer than its patience as long as the line moves", async () => {
    const gate = new Gate({ capacity: 1, refillPerSecond: 50 }, 60);
    const call = async () => {
      await gate.pass(0, startedAt);
      gate.landed("answered", gate.send());
    };
    const startedAt = now();
    await Promise.all(Array.from({ length: 10 }, call));
    expect(now() - startedAt).toBeGreaterThan(120);
  });

  it("is idle only when it is as new", async () => {
    const gate = new Gate({ capacity: 1, refillPerSecond: 0.01 });
    expect(gate.isIdle()).toBe(true);
    await gate.pass(0, now());
    expect(gate.isIdle()).toBe(false);
    gate.send();
    expect(gate.isIdle()).toBe(false);
  });
});
