import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "../demo/free-port";
import { useDatabase } from "./harness/database";
import { answering, eventually, startProcess, type RunningProcess } from "./harness/processes";
import { productionSettings } from "./harness/production-settings";
import { useTraceCollector } from "./harness/trace-collector";

useDatabase();
const collector = useTraceCollector();

const BUILT = ".next/standalone";
const started: RunningProcess[] = [];
const folders: string[] = [];
afterEach(() => {
  for (const { child } of started.splice(0)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The built server, with settings of a production and `more`, from where it is told to start. */
async function start(more: Record<string, string> = {}, cwd = BUILT) {
  if (!existsSync(BUILT)) throw new Error(`${BUILT} is missing: run npm run build first.`);
  const port = await freePort();
  const own = { PORT: String(port), HOSTNAME: "localhost", NODE_ENV: "production", WORKER: "off" };
  const env = { ...productionSettings(process.env.DATABASE_URL!, port), ...own, ...more };
  const server = startProcess(["server.js"], { cwd, env });
  started.push(server);
  return { ...server, port, origin: `http://localhost:${port}` };
}

/** The same, once it answers. */
async function serve(more: Record<string, string> = {}, cwd = BUILT) {
  const server = await start(more, cwd);
  await answering(`${server.origin}/api/health/live`, server);
  return server;
}

/** A copy of the build whose middleware is taken out, so that a page asks for a session where none can be told: that rises. */
function withoutMiddleware(): string {
  const folder = path.join(mkdtempSync(path.join(os.tmpdir(), "cloudguard-serving-")), "standalone");
  folders.push(path.dirname(folder));
  expect(spawnSync("cp", ["-a", BUILT, folder]).status).toBe(0);
  const nothing = { version: 3, middleware: {}, functions: {}, sortedMiddleware: [] };
  writeFileSync(path.join(folder, ".next/server/middleware-manifest.json"), JSON.stringify(nothing));
  return folder;
}

describe("an error that rises out of a page", () => {
  it("is logged once with an id, its route and what the person sees of it, and without the address's query", async () => {
    const { origin, said } = await serve({}, withoutMiddleware());
    const answer = await fetch(`${origin}/accounts/some-account?token=only-for-its-reader`);
    const page = await answer.text();
    const lines = () =>
      said()
        .split("\n")
        .filter((line) => line.includes('"msg":"request failed"'));
    await eventually("the error is logged", () => lines().length > 0);
    expect(lines()).toHaveLength(1);
    const told = JSON.parse(lines()[0]!) as { digest: string; err: { message: string } };
    expect(told).toMatchObject({
      level: 50,
      requestId: expect.stringMatching(/^req_[0-9a-f]{24}$/) as string,
      path: "/accounts/some-account",
      method: "GET",
      route: "/accounts/[accountId]",
      routeType: "render",
    });
    expect(told.err.message).toContain("clerkMiddleware");
    expect(page).toContain(told.digest);
    expect(page).not.toContain("clerkMiddleware");
    expect(said()).not.toContain("only-for-its-reader");
  });
});

describe("what the framework would answer by itself", () => {
  it("is neither a failure for an address that cannot be decoded, nor a redirect for programs, and has our headers", async () => {
    const { origin } = await serve();
    /** As it is written: fetch would put some addresses right. */
    const ask = (at: string, method = "GET") =>
      new Promise<IncomingMessage>((answered, failed) => {
        const { hostname, port } = new URL(origin);
        request({ hostname, port, path: at, method }, (answer) => answered(answer.resume()))
          .once("error", failed)
          .end();
      });
    for (const [at, status] of [
      ["/api/aws-accounts/%ZZ", 401],
      ["/api/aws-accounts/", 401],
      ["/api//aws-accounts", 401],
      ["/api", 404],
      ["/health/", 200],
      [`${origin}/api/health`, 200],
    ] as const) {
      const { statusCode, headers } = await ask(at);
      expect([at, statusCode, headers.location]).toEqual([at, status, undefined]);
      expect(headers["x-request-id"], at).toMatch(/^req_[0-9a-f]{24}$/);
      expect(headers["x-content-type-options"], at).toBe("nosniff");
    }
    for (const [at, status] of [
      ["/%ZZ", 307],
      ["/..%c0%af../etc/passwd", 307],
      ["*", 307],
      ["/accounts/", 308],
      ["//accounts", 308],
    ] as const) {
      const { statusCode, headers } = await ask(at);
      expect([at, statusCode]).toEqual([at, status]);
      expect(headers["strict-transport-security"], at).toContain("max-age=");
    }
    for (const method of ["TRACE", "PROPFIND", "PURGE"]) {
      for (const at of ["/api/aws-accounts", "/health", "/api/trpc/accounts.list", "/accounts"]) {
        const { statusCode, headers } = await ask(at, method);
        expect([method, at, statusCode, headers["x-content-type-options"]]).toEqual([method, at, 501, "nosniff"]);
        expect(headers["x-request-id"], at).toMatch(/^req_[0-9a-f]{24}$/);
        expect(headers["content-security-policy"], at).toContain("default-src 'none'");
      }
    }
  });

  it("has our headers and a request id where it is no request at all, be it the first that ever comes", async () => {
    const { port, said } = await start({ WORKER: "on" });
    await eventually("all of it has started", () => said().includes("worker started"));
    /** What comes back for `bytes`, until the server closes. */
    const send = (bytes: string) =>
      new Promise<string>((answered, failed) => {
        let told = "";
        const socket = connect(port, "localhost", () => socket.write(bytes));
        socket.setEncoding("utf8").on("data", (some) => (told += some));
        socket.once("close", () => answered(told)).once("error", failed);
      });
    for (const [bytes, status] of [
      ["this is no HTTP\r\n\r\n", "400 Bad Request"],
      [`GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`, "431 Request Header"],
    ] as const) {
      const told = await send(bytes);
      expect(told).toContain(`HTTP/1.1 ${status}`);
      expect(told).toMatch(/^X-Request-Id: req_[0-9a-f]{24}\r$/m);
      for (const header of ["Strict-Transport-Security: max-age=", "X-Content-Type-Options: nosniff"])
        expect(told.toLowerCase()).toContain(header.toLowerCase());
      expect(told).toContain("Content-Security-Policy: default-src 'none'");
    }
  });
});

describe("the spans of a request", () => {
  /** A batch would wait for an hour. */
  const hourly = { OTEL_BSP_SCHEDULE_DELAY: "3600000" };

  it("are sent after the answer on Vercel, where the function stands still then, and wait for their batch elsewhere", async () => {
    const names = () => collector.received.map(({ span }) => span.name);
    const settings = { ...hourly, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint() };
    const elsewhere = await serve(settings);
    expect((await fetch(`${elsewhere.origin}/api/trpc/accounts.list`)).status).toBe(401);
    const onVercel = await serve({ ...settings, VERCEL: "1" });
    expect((await fetch(`${onVercel.origin}/api/trpc/accounts.list`)).status).toBe(401);
    await eventually("the spans arrive", () => names().includes("accounts.list"), 10_000);
    // Of the second server alone: the first was asked long before.
    expect(names().filter((name) => name === "accounts.list")).toHaveLength(1);
  });
});
