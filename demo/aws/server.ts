import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { consolePage } from "./console";
import { Faults, faultShape, throttled, type Breakage } from "./faults";
import { cloudGuard, Identities } from "./identities";
import { bucketOf, TokenBuckets } from "./limits";
import { registerServices } from "./services";
import { truth } from "./truth";
import { AwsError, Sim } from "./wire/sim";
import { demoWorld, type World } from "./world";

export interface SimulatedAwsOptions {
  port?: number;
  /** Makes the world, also again on a reset. */
  world?: () => World;
  /** `off` leaves the token buckets out, for measurements of what is not throttled. */
  limits?: "on" | "off";
  /** Added to every call. */
  latencyMs?: number;
}

const statement = z.looseObject({ Effect: z.enum(["Allow", "Deny"]), Action: z.union([z.string(), z.array(z.string())]) });
const document = z.looseObject({ Statement: z.union([statement, z.array(statement)]) });
const roleShape = z.strictObject({
  account: z.string().regex(/^\d{12}$/),
  roleName: z.string().default("CloudGuardMonitoringRole"),
  principal: z.string().default(`arn:aws:iam::${cloudGuard.account}:root`),
  externalId: z.string().optional(),
  policies: z.array(z.strictObject({ name: z.string(), document })).optional(),
  lacks: z.array(z.string()).default([]),
});

/** The simulated AWS, its admin endpoints and its console page, on one loopback port. */
export async function startSimulatedAws({ port = 0, world: makeWorld = () => demoWorld(), limits = "on", latencyMs = 0 }: SimulatedAwsOptions = {}) {
  let world = makeWorld();
  const sim = new Sim();
  const faults = new Faults();
  const buckets = new TokenBuckets();
  const breakages = new Map<string, Breakage>();
  const calls = new Map<string, { service: string; operation: string; account: string; region: string; count: number; refused: number }>();
  const templates = new Map<string, string>();
  registerServices(sim, () => world);
  const identities = new Identities(sim, () => world);

  sim.before = async (ctx) => {
    const { service, operation, account, region } = ctx;
    const key = `${service} ${operation} ${account} ${region}`;
    const call = calls.get(key) ?? { service, operation, account, region, count: 0, refused: 0 };
    calls.set(key, call);
    call.count += 1;
    try {
      if (latencyMs > 0) await new Promise((next) => setTimeout(next, latencyMs));
      const known = world.accounts.get(account);
      if (known && !known.enabledRegions.includes(region)) throw new AwsError(service === "ec2" ? "AuthFailure" : "UnrecognizedClientException", 403, "The security token included in the request is invalid.");
      if (limits === "on" && !buckets.take(key, bucketOf(service, region === world.throttledRegion), Date.now())) throw throttled(service);
      const breakage = await faults.meet(ctx);
      if (breakage) breakages.set(ctx.requestId, breakage);
      identities.authorise(ctx);
      if (breakage) call.refused += 1;
    } catch (error) {
      call.refused += 1;
      throw error;
    }
  };

  const admin: Record<string, (body: string, path: string, query: URLSearchParams) => unknown> = {
    "GET /_sim/health": () => ({ status: "ok" }),
    "GET /_sim/truth": () => truth(world),
    "GET /_sim/calls": (_body, _path, query) => {
      const list = [...calls.values()];
      if (query.get("reset")) calls.clear();
      return list;
    },
    "GET /_sim/faults": () => faults.list(),
    "POST /_sim/faults": (body) => ({ id: faults.add(faultShape.parse(JSON.parse(body))) }),
    "DELETE /_sim/faults": (_body, path) => {
      faults.remove(path.split("/")[3]);
      return { removed: true };
    },
    "GET /_sim/accounts": () => [...world.accounts.values()].map(({ id, name }) => ({ id, name })),
    "POST /_sim/roles": (body) => {
      const { account, roleName, principal, externalId, policies, lacks } = roleShape.parse(JSON.parse(body));
      const granted = policies ?? [{ name: "CloudGuardInventory", document: { Statement: { Effect: "Allow" as const, Action: "*" } } }];
      const lacking = lacks.length > 0 ? [{ name: "Lacks", document: { Statement: { Effect: "Deny" as const, Action: lacks } } }] : [];
      return { roleArn: identities.put({ account, name: roleName, principal, externalId: externalId ?? null, policies: [...granted, ...lacking] }) };
    },
    "POST /_sim/terminate": (body) => {
      const { account, region, instanceId } = z.strictObject({ account: z.string(), region: z.string(), instanceId: z.string() }).parse(JSON.parse(body));
      const place = world.accounts.get(account)?.regions.get(region);
      const before = place?.instances.length ?? 0;
      if (place) place.instances = place.instances.filter(({ InstanceId }) => InstanceId !== instanceId);
      return { removed: before - (place?.instances.length ?? 0) };
    },
    "POST /_sim/reset": () => {
      world = makeWorld();
      calls.clear();
      faults.remove();
      buckets.reset();
      identities.reset();
      return { reset: true };
    },
    "PUT /_sim/templates": (body, path) => {
      templates.set(path, body);
      return { stored: path };
    },
    "GET /_sim/templates": (_body, path) => JSON.parse(templates.get(path) ?? "null"),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const at = request.url!.indexOf("?");
    const path = at < 0 ? request.url! : request.url!.slice(0, at);
    const query = new URLSearchParams(at < 0 ? "" : request.url!.slice(at + 1));
    if (path === "/console" || path.startsWith("/console/")) return void response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(consolePage());
    if (path.startsWith("/_sim/")) return answerAdmin(request.method!, path, query, body.toString("utf8"), response);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const result = await sim.handle({ method: request.method!, path, query, headers, body });
    const payload = typeof result.body === "string" ? Buffer.from(result.body, "utf8") : result.body;
    const id = result.headers["x-amzn-requestid"] ?? "";
    const breakage = breakages.get(id);
    breakages.delete(id);
    if (breakage === "reset") return void request.socket.destroy();
    response.writeHead(result.status, { ...result.headers, "content-length": String(payload.length) });
    if (breakage === "truncate") {
      response.write(payload.subarray(0, payload.length / 2), () => request.socket.destroy());
      return;
    }
    response.end(request.method === "HEAD" ? undefined : payload);
  }

  function answerAdmin(method: string, path: string, query: URLSearchParams, body: string, response: ServerResponse): void {
    const json = (status: number, value: unknown) => void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    const handler = admin[`${method} ${path.split("/").slice(0, 3).join("/")}`];
    if (!handler) return json(404, { message: `There is no ${method} ${path}.` });
    try {
      json(200, handler(body, path, query));
    } catch (error) {
      const message = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof SyntaxError ? "The body is not JSON." : null;
      if (message === null) throw error;
      json(400, { message });
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error("[simulated AWS]", error);
      response.destroy();
    });
  });
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
