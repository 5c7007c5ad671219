import { describe, expect, it } from "vitest";
import { readCommandLine } from "./command-line";

describe("readCommandLine", () => {
  it("serves the build on port 3000 where nothing is asked", () => {
    expect(readCommandLine([])).toEqual({ port: 3000, reset: false, dev: false });
  });

  it("takes a port in both spellings, and the switches", () => {
    expect(readCommandLine(["--port", "4000", "--reset"])).toEqual({ port: 4000, reset: true, dev: false });
    expect(readCommandLine(["--dev", "--port=4001"])).toEqual({ port: 4001, reset: false, dev: true });
  });

  it.each([["--port"], ["--port", "http"], ["--port", "0"], ["--port", "65536"], ["--prot", "1"]])(
    "refuses %s %s with a sentence",
    (...args) => {
      expect(() => readCommandLine(args.filter(Boolean))).toThrow(/--port takes a number|does not know/);
    },
  );
});
