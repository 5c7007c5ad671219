import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

/** A small house that keeps every rule, with the imports that are allowed though they look alike. */
const sound = {
  "app/page.tsx": `import { caller } from "@/server/routers/index";\nexport default () => String(caller);\n`,
  "components/list.tsx": `"use client";\nimport type { Caller } from "@/server/routers/index";\nexport const list = (caller: Caller) => caller;\n`,
  "server/routers/index.ts": `import { list } from "../accounts/service";\nexport const caller = list;\nexport type Caller = typeof caller;\n`,
  "server/accounts/service.ts": `import { forTenant } from "../db/client";\nimport { decide } from "./decision";\nexport const list = () => forTenant(decide(null));\n`,
  "server/accounts/decision.ts": `/** Pure: decides. */\nimport type { Tenant } from "../db/client";\nexport const decide = (tenant: Tenant | null) => tenant;\n`,
  "server/resources/kept.ts": `import type { ring } from "./kept-too";\nexport type Kept = typeof ring;\n`,
  "server/resources/kept-too.ts": `import type { Kept } from "./kept";\nexport const ring = (kept: Kept) => kept;\n`,
  "server/aws/session.ts": `import { STSClient } from "@aws-sdk/client-sts";\nexport const sts = STSClient;\n`,
  "server/db/client.ts": `export type Tenant = string;\nexport const forTenant = (tenant: Tenant | null) => tenant;\n`,
  "demo/start.ts": `import { caller } from "../server/routers/index";\nexport const demo = caller;\n`,
};

/** A violation of each rule: the rule's sentence, the file that breaks it, and what it says. */
const planted: [rule: string, file: string, source: string][] = [
  [
    "the browser gets types, never server code",
    "components/leak.tsx",
    `import { caller } from "@/server/routers/index";\nexport const leak = caller;\n`,
  ],
  [
    "the browser gets types, never server code",
    "app/client.tsx",
    `"use client";\nimport { caller } from "@/server/routers/index";\nexport const leak = caller;\n`,
  ],
  [
    "doors reach the product through their routers",
    "app/api/rows/route.ts",
    `import { list } from "@/server/accounts/service";\nexport const GET = list;\n`,
  ],
  [
    "only server/aws speaks to AWS",
    "server/accounts/probe.ts",
    `import { STSClient } from "@aws-sdk/client-sts";\nexport const sts = STSClient;\n`,
  ],
  [
    "rooms know nothing of their doors",
    "server/accounts/answer.ts",
    `import { caller } from "../routers/index";\nexport const answer = caller;\n`,
  ],
  [
    "rooms know nothing of their doors",
    "server/accounts/status-code.ts",
    `import { TRPCError } from "@trpc/server";\nexport const error = TRPCError;\n`,
  ],
  [
    "a file beside service.ts that says it is pure imports neither well",
    "server/accounts/rule.ts",
    `/** Pure: so it says. */\nimport { forTenant } from "../db/client";\nexport const rule = forTenant;\n`,
  ],
  [
    "the product never imports the garden",
    "server/seeded.ts",
    `import { demo } from "../demo/start";\nexport const seeded = demo;\n`,
  ],
  [
    "an import that leads nowhere",
    "app/lost.tsx",
    `import { gone } from "@/server/gone";\nexport const lost = gone;\n`,
  ],
  ["no cycles", "server/accounts/circle.ts", `import { list } from "./ring";\nexport const circle = () => list;\n`],
];

/** The other half of the planted circle. */
const ring = { "server/accounts/ring.ts": `import { circle } from "./circle";\nexport const list = () => circle;\n` };

let folder: string;
let broken: ReturnType<typeof check>;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-test-"));
  broken = check("broken", {
    ...sound,
    ...ring,
    ...Object.fromEntries(planted.map(([, file, source]) => [file, source])),
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the architecture's check", () => {
  it.each(planted)("says “%s” of %s", (rule, file) => {
    expect(broken.status).toBe(1);
    expect(broken.stderr).toContain(`${rule}: ${file} → `);
  });

  it("says nothing of what keeps the rules", () => {
    const lines = broken.stderr.trim().split("\n");
    const accused = lines.map((line) => /: (\S+) → /.exec(line)?.[1]);
    expect(accused.filter((file) => file === undefined || Object.hasOwn(sound, file))).toEqual([]);
    expect(check("sound", sound)).toMatchObject({
      status: 0,
      stderr: "",
      stdout: "10 modules keep the architecture.\n",
    });
  });

  it("fails where there is nothing to read", () => expect(check("empty", {}).status).toBe(1));
});

/** Runs the check on a project of these files. */
function check(name: string, files: Record<string, string>) {
  const project = path.join(folder, name);
  const config = {
    compilerOptions: { module: "esnext", moduleResolution: "bundler", jsx: "react-jsx", paths: { "@/*": ["./*"] } },
  };
  for (const [file, source] of Object.entries({ ...files, "tsconfig.json": JSON.stringify(config) })) {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), source);
  }
  symlinkSync(path.join(root, "node_modules"), path.join(project, "node_modules"));
  writeFileSync(path.join(project, ".gitignore"), "node_modules\n");
  const init = spawnSync("git", ["init", "--quiet"], { cwd: project, encoding: "utf8" });
  if (init.status !== 0) throw new Error(init.stderr);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, "scripts/check-architecture.mjs"), project],
    { cwd: root, encoding: "utf8" },
  );
  return { status, stdout, stderr };
}
