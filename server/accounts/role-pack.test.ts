import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { quoted } from "./role-cli";
import { rolePack, type RolePackInput } from "./role-pack";

const input: RolePackInput = {
  externalIdId: "id-1",
  externalId: "cg-0123456789abcdef0123456789abcdef",
  awsAccountId: "400000000004",
  name: "Sandbox",
  region: "eu-west-1",
  usedAt: null,
  principalArn: "arn:aws:iam::999900001111:root",
};

/** Runs the lines in a real bash whose `aws` writes its arguments down, and whose account is `account`. */
function run(lines: string, account: string): string[][] {
  const script = `aws() { if [ "$1" = sts ]; then echo ${account}; else printf '%s\\0' "$@"; printf '\\n'; fi; }\n${lines}`;
  const out = execFileSync("bash", ["-c", `${script}\ntrue`], { encoding: "utf8" });
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split("\0").slice(0, -1));
}

describe("the role pack", () => {
  const pack = rolePack(input);

  it("makes the same trust policy and the same three policies each way", () => {
    const template = JSON.parse(pack.template);
    const { Policies } = template.Resources.Role.Properties;
    expect(Policies.map(({ PolicyName }: { PolicyName: string }) => PolicyName)).toEqual(
      pack.policies.map(({ name }) => name),
    );

    const [create, ...puts] = run(pack.cli, "400000000004");
    expect(JSON.parse(create!.at(-1)!)).toEqual(JSON.parse(pack.trustPolicy));
    expect(puts.slice(0, 3).map((args) => JSON.parse(args.at(-1)!))).toEqual(
      pack.policies.map(({ document }) => JSON.parse(document)),
    );
    for (const { name } of pack.policies) expect(pack.terraform).toContain(`name   = "${name}"`);
  });

  it("requires the ExternalId", () => {
    expect(JSON.parse(pack.trustPolicy).Statement[0].Condition).toEqual({
      StringEquals: { "sts:ExternalId": input.externalId },
    });
    const { ExternalId } = JSON.parse(pack.template).Parameters;
    expect(ExternalId).toMatchObject({ Default: input.externalId });
    expect(ExternalId).not.toHaveProperty("NoEcho");
  });

  it("makes nothing in an account that is not the one meant", () => {
    expect(run(pack.cli, "123456789012")).toEqual([]);
  });

  it("has a quick-create link only where the template lies on S3, and says why not", () => {
    expect(pack).toMatchObject({
      quickCreateUrl: null,
      quickCreateReason: expect.stringContaining("ROLE_TEMPLATE_URL"),
    });
    const templateUrl = "https://b.s3.amazonaws.com/role.json?x=1&y=2";
    const linked = rolePack({ ...input, templateUrl, consoleUrl: "http://127.0.0.1:4000/console/" });
    expect(linked.quickCreateReason).toBeNull();
    const url = linked.quickCreateUrl ?? "";
    expect(url).toMatch(
      /^http:\/\/127\.0\.0\.1:4000\/console\/cloudformation\/home\?region=eu-west-1#\/stacks\/quickcreate\?/,
    );
    const parameters = new URLSearchParams(url.slice(url.lastIndexOf("quickcreate?") + "quickcreate?".length));
    expect(Object.fromEntries(parameters)).toEqual({
      templateURL: templateUrl,
      stackName: "CloudGuard",
      param_ExternalId: input.externalId,
      param_PrincipalArn: input.principalArn,
      param_RoleName: "CloudGuardMonitoringRole",
    });
  });

  it("refuses a role name that does not begin with CloudGuard", () => {
    expect(() => rolePack({ ...input, roleName: "Admin" })).toThrow(/begin with CloudGuard/);
    expect(rolePack({ ...input, roleName: "CloudGuardEu" }).suggestedRoleArn).toBe(
      "arn:aws:iam::400000000004:role/CloudGuardEu",
    );
  });

  it("escapes what bash and Terraform would expand", () => {
    const odd = rolePack({ ...input, externalId: "it's ${HOME} %{if} $(id)" });
    const [create] = run(odd.cli, "400000000004");
    expect(create!.at(-1)).toContain("it's ${HOME} %{if} $(id)");
    expect(odd.terraform).toContain("$${HOME} %%{if}");
    expect(quoted("a'b")).toBe(`'a'\\''b'`);
  });
});
