import { describe, expect, it } from "vitest";
import { lastRouse, restFor, rouse } from "./rouse";

/** Longer than the test may take: who waits for it has not been roused. */
const FOR_EVER = 3_600_000;

describe("restFor", () => {
  it("ends when its time is over", async () => {
    await expect(restFor(1, lastRouse())).resolves.toBeUndefined();
  });

  it("ends for all who rest when somebody rouses them", async () => {
    const resting = [restFor(FOR_EVER, lastRouse()), restFor(FOR_EVER, lastRouse())];
    rouse();
    await Promise.all(resting);
  });

  it("does not begin where work was made due since the last look", async () => {
    const before = lastRouse();
    rouse();
    await restFor(FOR_EVER, before);
  });

  it("ends when it is told to stop, also before it began", async () => {
    const controller = new AbortController();
    const resting = restFor(FOR_EVER, lastRouse(), controller.signal);
    controller.abort();
    await resting;
    await restFor(FOR_EVER, lastRouse(), controller.signal);
  });
});
