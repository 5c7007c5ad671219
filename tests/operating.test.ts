import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settingNames } from "../server/env";
import { metrics } from "../server/metrics";
import "../server/metrics-scrape";

const guide = readFileSync("docs/operating.md", "utf8");
const table = [
  ...guide
    .split("## Settings")[1]!
    .split("\n## ")[0]!
    .matchAll(/^\| `(\w+)`/gm),
].map(([, name]) => name!);
const example = [...readFileSync(".env.example", "utf8").matchAll(/^(\w+)=/gm)].map(([, name]) => name!);

describe("the operator's guide", () => {
  it("lists every setting that the product checks, and .env.example has them too", () => {
    expect(settingNames.filter((name) => !table.includes(name))).toEqual([]);
    expect(settingNames.filter((name) => !example.includes(name) && name !== "AWS_CONSOLE_URL")).toEqual([]);
    expect(example.filter((name) => !table.includes(name))).toEqual([]);
  });

  it("speaks of metrics that exist", async () => {
    const known = (await metrics.registry.getMetricsAsJSON()).map(({ name }) => name);
    const named = [...new Set([...guide.matchAll(/`(cloudguard_[a-z_]+)/g)].map(([, name]) => name!))];
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !known.includes(name) && !/^cloudguard_(app|system|upkeep)$/.test(name))).toEqual([]);
    expect(known.filter((name) => name.startsWith("cloudguard_") && !named.includes(name))).toEqual([]);
  });

  it("links to files and names commands that are there", () => {
    for (const [, file] of guide.matchAll(/\]\(\.\.\/([^)]+)\)/g)) expect(existsSync(file!), file).toBe(true);
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    for (const [, script] of guide.matchAll(/npm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(script);
  });

  it("quotes in its troubleshooting what the product says", () => {
    const listed = execFileSync("git", ["ls-files", "server", "scripts"], { encoding: "utf8" }).split("\n");
    const sources = listed
      .filter((file) => /\.(ts|mjs)$/.test(file) && !file.includes(".test."))
      .map((file) => readFileSync(file, "utf8"));
    const seen = [...guide.split("## Troubleshooting")[1]!.matchAll(/^\| ([^-|].*?) +\| /gm)].map(
      ([, column]) => column!,
    );
    const quoted = seen.flatMap((column) =>
      [...column.matchAll(/`([^`]+)`/g)].flatMap(([, words]) => words!.split("…")),
    );
    expect(quoted.length).toBeGreaterThan(15);
    for (const words of quoted.map((part) => part.trim()).filter((part) => part && !notOurWords.has(part)))
      expect(
        sources.some((source) => source.includes(words)),
        words,
      ).toBe(true);
  });

  it("lists whatever else the product reads of its environment", () => {
    const listed = execFileSync("git", ["ls-files", "server", "app", "scripts", "*.ts", "*.mjs"], { encoding: "utf8" });
    const files = listed
      .split("\n")
      .filter((file) =>
        /^(server\/|app\/|scripts\/(start|worker|required-settings)|(middleware|next\.config)\.)/.test(file),
      )
      .filter((file) => !file.includes(".test."));
    const read = files.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/\b(?:process\.)?env\.([A-Z][A-Z_]+)\b/g)].map(([, name]) => name!),
    );
    expect(read.length).toBeGreaterThan(20);
    expect(
      [...new Set(read)].filter((name) => !guide.includes(`\`${name}\``) && !notForOperators.has(name)).sort(),
    ).toEqual([]);
  });
});

/** The database driver's, AWS's, and addresses. */
const notOurWords = new Set([
  ...[
    "Can't reach database server",
    "is not authorized to perform: ec2:DescribeInstances",
    "/api/health/ready",
    "/sign-in",
    "due to idle-in-transaction timeout",
  ],
]);

/** Set by the framework, by Vercel, by our own commands and bundles, known to the AWS SDK, or the local stand-in's, which is refused beside real keys. */
const notForOperators = new Set([
  ...["NODE_ENV", "NEXT_RUNTIME", "NEXT_MANUAL_SIG_HANDLE", "VERCEL", "TZ"],
  ...["AWS_ENDPOINT_URL", "PRISMA_FOLDER"],
  ...["CLERK_JWT_KEY", "CLERK_FAPI_URL", "CLERK_API_URL", "CLERK_LOCAL_PRIVATE_KEY", "CLOUDGUARD_LOCAL_AUTH"],
]);
