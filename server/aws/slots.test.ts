import { describe, expect, it } from "vitest";
import { Slots } from "./slots";

describe("slots", () => {
  it("never hand out more than the cap, and serve the most urgent first", async () => {
    const slots = new Slots(1);
    const served: string[] = [];
    const giveBack = await slots.take(0);
    const call = async (name: string, priority: number) => {
      const done = await slots.take(priority);
      served.push(name);
      done();
    };
    const calls = [call("short", 1), call("long", 9), call("middle", 5), call("also long", 9)];
    expect(served).toEqual([]);
    giveBack();
    await Promise.all(calls);
    expect(served).toEqual(["long", "also long", "middle", "short"]);
  });

  it("let go of who is cancelled while waiting, without losing the slot", async () => {
    const slots = new Slots(1);
    const giveBack = await slots.take(0);
    const cancelled = new AbortController();
    const waiting = slots.take(9, cancelled.signal);
    const patient = slots.take(0);
    cancelled.abort(new Error("cancelled"));
    await expect(waiting).rejects.toThrow("cancelled");
    giveBack();
    (await patient)();
    await expect(slots.take(0, cancelled.signal)).rejects.toThrow("cancelled");
    (await slots.take(0))();
  });
});
