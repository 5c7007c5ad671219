import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

/** What a process of its own logs, line by line. */
function logged(program: string, env: Record<string, string> = {}) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      "--import",
      "tsx",
      "--input-type=module",
      "-e",
      `import { log, logConsole, withLogContext } from "./server/log.ts";\n${program}`,
    ],
    { encoding: "utf8", env: { ...process.env, LOG_LEVEL: "info", ...env } },
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("the log", () => {
  it("carries the request, the tenant and the person on every line, also deep inside", () => {
    const lines = logged(`
      await withLogContext({ requestId: "req_1", tenantId: "org_1" }, () =>
        withLogContext({ accountId: "a1" }, async () => { await null; log.info({ region: "eu-west-1" }, "read"); }));
      log.info("outside");`);
    expect(lines[0]).toMatchObject({
      requestId: "req_1",
      tenantId: "org_1",
      accountId: "a1",
      region: "eu-west-1",
      msg: "read",
    });
    expect(lines[1]).not.toHaveProperty("requestId");
  });

  it("lets no credential through: not in a field, a message, an error, its cause or what hangs on it", () => {
    const lines = logged(`
      const canary = "AKIAIOSFODNN7CANARY";
      const error = Object.assign(new Error("refused " + canary, { cause: new Error("because of " + canary) }),
        { $response: { headers: { authorization: "canary-header" } }, Code: "AccessDenied" });
      log.error({ err: error, password: "canary-field" }, "with " + canary);
      log.error(error);`);
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toMatch(/CANARY|canary-/);
    expect(lines[0]).toMatchObject({ err: { type: "Error", Code: "AccessDenied" } });
  });

  it("leaves out the whole client that hangs on the error of an idle database connection, with what cancels its statements", () => {
    const [line] = logged(`
      const client = { secretKey: 364286391, connectionParameters: { host: "db" } };
      log.warn({ err: Object.assign(new Error("terminating connection"), { code: "57P01", client }) }, "ended");`);
    expect(line).toMatchObject({ err: { message: "terminating connection", code: "57P01" } });
    expect(JSON.stringify(line)).not.toMatch(/client|364286391/);
  });

  it("has what others write to the console, redacted as everything", () => {
    const lines = logged(`
      logConsole();
      console.error(new Error("refused AKIAIOSFODNN7CANARY"));
      console.warn("%s is deprecated", "it");`);
    expect(lines.map(({ level }) => level)).toEqual([50, 40]);
    expect(JSON.stringify(lines)).not.toContain("CANARY");
    expect(lines[0]!.msg).toContain("Error: refused");
    expect(lines[1]!.msg).toBe("it is deprecated");
  });

  it("says less with LOG_LEVEL", () => {
    const program = `log.debug("d"); log.info("i"); log.warn("w");`;
    expect(logged(program, { LOG_LEVEL: "warn" }).map(({ msg }) => msg)).toEqual(["w"]);
    expect(logged(program, { LOG_LEVEL: "debug" }).map(({ msg }) => msg)).toEqual(["d", "i", "w"]);
    expect(logged(program, { LOG_LEVEL: "chatty" }).map(({ msg }) => msg)).toEqual(["i", "w"]);
  });
});
