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
  });

  it("speaks of metrics that exist", async () => {
    const known = (await metrics.registry.getMetricsAsJSON()).map(({ name }) => name);
    const named = [...new Set([...guide.matchAll(/`(cloudguard_[a-z_]+)/g)].map(([, name]) => name!))];
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !known.includes(name) && !/^cloudguard_(app|system)$/.test(name))).toEqual([]);
    expect(known.filter((name) => name.startsWith("cloudguard_") && !named.includes(name))).toEqual([]);
  });

  it("links to files and names commands that are there", () => {
    for (const [, file] of guide.matchAll(/\]\(\.\.\/([^)]+)\)/g)) expect(existsSync(file!), file).toBe(true);
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    for (const [, script] of guide.matchAll(/npm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(script);
  });

  it("quotes messages that the product gives", () => {
    const sources = ["scripts/start.mjs", "server/db/client.ts", "server/db/database-binds.ts", "server/health.ts"].map(
      (file) => readFileSync(file, "utf8"),
    );
    for (const words of [
      "CloudGuard does not start without its settings. Missing: ",
      "The database at DATABASE_URL does not answer",
      "is a superuser or has BYPASSRLS",
      "may not act as cloudguard_app and cloudguard_system",
      "migrations pending",
    ]) {
      expect(guide).toContain(words.trim());
      expect(
        sources.some((source) => source.includes(words)),
        words,
      ).toBe(true);
    }
  });
});
