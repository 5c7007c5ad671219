import { describe, expect, it } from "vitest";
import { Gate, RateDeadlineError } from "./gate";

const soon = () => performance.now() + 5_000;

describe("a gate", () => {
  it("keeps to its rate however many want to pass", async () => {
    const gate = new Gate({ capacity: 5, refillPerSecond: 100 });
    const start = performance.now();
    await Promise.all(Array.from({ length: 15 }, () => gate.pass(0, soon()).then(() => gate.send())));
    expect(performance.now() - start).toBeGreaterThanOrEqual(95);
  });

  it("promises no more tokens than it has while calls have passed and not left", async () => {
    const gate = new Gate({ capacity: 2, refillPerSecond: 1000 });
    await gate.pass(0, soon());
    await gate.pass(0, soon());
    await expect(gate.pass(0, performance.now() + 20)).rejects.toBeInstanceOf(RateDeadlineError);
    gate.forgo();
    await gate.pass(0, soon());
  });

  it("gives up at the deadline and on cancel", async () => {
    const gate = new Gate({ capacity: 1, refillPerSecond: 0.01 });
    await gate.pass(0, soon());
    gate.send();
    const cancel = new AbortController();
    const late = gate.pass(0, performance.now() + 10);
    const cancelled = gate.pass(0, soon(), cancel.signal);
    cancel.abort(new Error("cancelled"));
    await expect(cancelled).rejects.toThrow("cancelled");
    await expect(late).rejects.toBeInstanceOf(RateDeadlineError);
  });

  it("is idle only when it is as new", async () => {
    const gate = new Gate({ capacity: 1, refillPerSecond: 0.01 });
    expect(gate.isIdle()).toBe(true);
    await gate.pass(0, soon());
    expect(gate.isIdle()).toBe(false);
    gate.send();
    expect(gate.isIdle()).toBe(false);
  });
});
