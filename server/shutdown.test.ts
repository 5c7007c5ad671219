import { describe, expect, it } from "vitest";
import { eventually, startProcess } from "../tests/harness/processes";

/** What a process with such work says and how it ends once it is told to stop. */
async function stopped(kind: "obedient" | "endless" | "hopeless", { isHeard = true } = {}) {
  const args = ["--import", "tsx", "tests/harness/stopping-process.ts", kind];
  const { child, said, ended } = startProcess(args, { env: { ...process.env, LOG_LEVEL: "info" } });
  await eventually("the process is there", () => said().includes("ready"));
  if (!isHeard) for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  const toldAt = performance.now();
  child.kill("SIGTERM");
  return { code: await ended, seconds: (performance.now() - toldAt) / 1000, said: said() };
}

describe("a process that is told to stop", () => {
  it("waits for work that hands back what it holds, and then closes what is open", async () => {
    const { code, seconds, said } = await stopped("obedient");
    expect([code, seconds < 5]).toEqual([0, true]);
    expect(said).toMatch(/handed back by itself[\s\S]*closed the pool[\s\S]*"stopped"/);
    expect(said).not.toContain("handed back for it");
  });

  it("hands back what is held by work that does not end", async () => {
    const { code, seconds, said } = await stopped("endless");
    expect([code, seconds < 9]).toEqual([0, true]);
    expect(said).toContain("work does not end");
    expect(said).toMatch(/handed back for it[\s\S]*"stopped"/);
  });

  it("ends within ten seconds where even that hangs, and says so by its code", async () => {
    const { code, seconds, said } = await stopped("hopeless");
    expect([code, seconds < 10]).toEqual([1, true]);
    expect(said).toContain("taken over when its lease runs out");
  });

  it("ends also where nobody reads any more what it says", async () => {
    const { code, seconds } = await stopped("obedient", { isHeard: false });
    expect([code, seconds < 5]).toEqual([0, true]);
  });
});
