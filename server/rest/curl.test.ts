import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { curlOf } from "./curl";
import { endpoints } from "./index";
import { listAccounts } from "./accounts";

describe("an example's command line", () => {
  it("asks for the path with the token", () => {
    expect(curlOf(listAccounts, "https://x.example")).toBe(
      `curl 'https://x.example/api/aws-accounts' \\\n  -H "Authorization: Bearer $TOKEN"`,
    );
  });

  it.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
    "of %s reaches curl word for word",
    (_id, endpoint) => {
      const echo = `curl() { printf '%s\\0' "$@"; }; TOKEN=t; ${curlOf(endpoint, "https://x.example")}`;
      const words = execFileSync("bash", ["-c", echo], { encoding: "utf8" }).split("\0").slice(0, -1);
      expect(words).toContain("Authorization: Bearer t");
      const { body } = endpoint.example as { body?: unknown };
      expect(words.includes("-d") ? JSON.parse(words[words.indexOf("-d") + 1]!) : undefined).toEqual(body);
    },
  );
});
