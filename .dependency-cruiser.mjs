// The architecture, executable. Each rule's name is the sentence that a person would say at the review.
import { readFileSync, readdirSync, existsSync } from "node:fs";
import path from "node:path";

const tests = "(\\.test\\.tsx?$|^tests/|^e2e/)";
const rooms = "^server/(accounts|resources|drift|cost|alerts|audit)/";
const wells = "^server/(db|aws)/";

/** The rules for the project in `root`; two of them depend on what files say of themselves. */
export function rulesFor(root) {
  const pure = sourcesIn(root, "server").filter((file) => /^\/\*\*\s*Pure\b/.test(read(root, file)));
  const client = ["app", "components"]
    .flatMap((folder) => sourcesIn(root, folder))
    .filter((file) => /^\s*"use client"/m.test(read(root, file)));
  return [
    {
      name: "the browser gets types, never server code",
      from: { path: ["^components/", ...exactly(client)] },
      to: { path: "^server/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "doors reach the product through their routers",
      comment:
        "A page or route imports the routers, tRPC's own files, the clock's, health's and metrics' doors; nothing behind them.",
      from: { path: ["^app/", "^middleware\\.ts$", "^instrumentation\\.ts$"] },
      to: {
        path: "^server/",
        pathNot:
          "^server/(routers/|rest/|jobs/cron\\.ts|(trpc|context|request-context|body-limit|errors|auth|health|metrics-scrape|start|clerk-mode|allowed-origins|own-origin|brings-token|request-error|content-security-policy)\\.ts)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "only server/aws speaks to AWS",
      from: { path: ["^server/", "^app/", "^components/", "^[^/]+\\.ts$"], pathNot: ["^server/aws/", tests] },
      to: { path: "(^|/)(@aws-sdk|@smithy)/" },
    },
    {
      name: "rooms know nothing of their doors",
      from: { path: [rooms, wells], pathNot: tests },
      to: {
        path: [
          "^(app|components)/",
          "^server/(routers|rest|jobs)/",
          "^server/trpc\\.ts$",
          "(^|node_modules/)(next|@trpc/server|@clerk/nextjs)(/|$)",
        ],
      },
    },
    {
      name: "a file beside service.ts that says it is pure imports neither well",
      from: { path: exactly(pure) },
      to: { path: [wells, "(^|node_modules/)(pg|@prisma/[^/]+)(/|$)"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "the product never imports the garden",
      from: { path: ["^(app|components|server)/", "^(middleware|instrumentation)\\.ts$"], pathNot: tests },
      to: { path: "^(demo|bench|tests|e2e)/" },
    },
    {
      name: "no cycles",
      from: { pathNot: "^server/db/generated/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ];
}

export const options = {
  doNotFollow: { path: ["node_modules", "^server/db/generated/"] },
  tsPreCompilationDeps: true,
  // An import that only a type needs is told apart from one that runs.
  detectProcessBuiltinModuleCalls: false,
  enhancedResolveOptions: {
    exportsFields: ["exports"],
    conditionNames: ["import", "require", "node", "default", "types"],
  },
};

export default {
  forbidden: rulesFor(process.cwd()),
  options: { ...options, tsConfig: { fileName: "tsconfig.json" } },
};

/** Patterns that match these paths alone; one that matches nothing where there are none. */
function exactly(files) {
  return files.length > 0 ? files.map((file) => `^${file.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`) : ["^$"];
}

function read(root, file) {
  return readFileSync(path.join(root, file), "utf8");
}

function sourcesIn(root, folder) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { recursive: true })
    .map((file) => `${folder}/${file.split(path.sep).join("/")}`)
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith("server/db/generated/") && !/\.test\.tsx?$/.test(file));
}
