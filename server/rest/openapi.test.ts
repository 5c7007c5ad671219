import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { endpoints } from "./index";
import { openApiDocument } from "./openapi";

const document = openApiDocument("https://cloudguard.example.com");
const root = path.resolve(import.meta.dirname, "../..");

describe("the OpenAPI document", () => {
  it("is of version 3.1 and asks for a bearer token everywhere but at the health check", () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.security).toEqual([{ bearer: [] }]);
    const open = operations().filter(({ operation }) => operation.security);
    expect(open.map((one) => one.path)).toEqual(["/health", "/api/health"]);
  });

  it("describes every endpoint, and each has a route that serves it", () => {
    expect(operations()).toHaveLength(endpoints.length + 2);
    const routes = readdirSync(path.join(root, "app"), { recursive: true }).map(String);
    for (const { path: url } of operations()) {
      const file = `${url.slice(1).replaceAll("{", "[").replaceAll("}", "]")}/route.ts`;
      expect(routes, url).toContain(file.split("/").join(path.sep));
    }
  });

  it("is made once, however often strangers ask for it", () => {
    expect(openApiDocument("https://cloudguard.example.com")).toBe(document);
  });

  it("misses no route that programs can call, so that the tests of every endpoint do not either", () => {
    const files = readdirSync(path.join(root, "app"), { recursive: true, encoding: "utf8" })
      .filter((file) => path.basename(file) === "route.ts")
      .map((file) => file.split(path.sep).join("/"));
    const served = (file: string) =>
      /= serve\(([^)]*)\)/.exec(readFileSync(path.join(root, "app", file), "utf8"))?.[1]?.split(",") ?? [];
    expect(files.flatMap(served)).toHaveLength(endpoints.length);
    // Doors of browsers, of the clock, of operators' tools and of nothing at all have tests of their own.
    const others = files.filter((file) => served(file).length === 0).map((file) => path.posix.dirname(file));
    expect(others.sort()).toEqual([
      ...["cost", "drift", "resources"].map((room) => `(dashboard)/${room}/export`),
      ...["[[...path]]", "cron/[job]", "health", "health/live", "health/ready"].map((at) => `api/${at}`),
      ...["metrics", "openapi.json", "trpc/[trpc]"].map((at) => `api/${at}`),
      "health",
    ]);
  });

  it("gives each operation a name of its own, a summary, and every answer that it may give", () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { method, operation } of operations().filter(({ operation }) => !operation.security)) {
      expect(operation.summary).toBeTruthy();
      expect(Object.keys(operation.responses!)).toEqual(expect.arrayContaining(["400", "401", "429", "500"]));
      if (operation.requestBody) expect(operation.responses).toHaveProperty("413");
      // An API key may have been given for reading alone.
      if (method !== "get") expect(operation.responses).toHaveProperty("403");
    }
  });

  it("declares each parameter of a path", () => {
    for (const { path: url, operation } of operations()) {
      const named = [...url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).flatMap((one) =>
        "in" in one && one.in === "path" ? [one.name] : [],
      );
      expect(declared).toEqual(named);
    }
  });

  it("has no reference that leads nowhere", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, to]) => to!);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const found = reference.split("/").reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
      expect(found, reference).toBeDefined();
    }
  });
});

describe.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))("the example of %s", (_id, endpoint) => {
  it("is what its schemas take and give", () => {
    const { example, params, query, body, data } = endpoint;
    for (const [schema, value] of [
      [params, example.params],
      [query, example.query],
      [body, example.body],
    ] as const)
      if (schema) expect(schema.strict().safeParse(value ?? {}).error).toBeUndefined();
    expect((data as z.ZodType).safeParse(example.data).error).toBeUndefined();
  });
});

function operations() {
  return Object.entries(document.paths!).flatMap(([url, item]) =>
    (["get", "post", "delete"] as const).flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path: url, method, operation }] : [];
    }),
  );
}
