import { describe, expect, it } from "vitest";
import { Gate, RateDeadlineError } from "./gate";

const now = () => performance.now();

describe("a gate", () => {
  it("keeps to its rate however many want to pass", async () => {
    const gate = new Gate({ capacity: 5, refillPerSecond: 100 });
    const start = performance.now();
    await Promise.all(Array.from({ length: 15 }, () => gate.pass(0, now()).then(() => gate.send())));
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
      gate.send();
      gate.wasAnswered();
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
