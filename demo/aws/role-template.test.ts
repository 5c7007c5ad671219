import { describe, expect, it } from "vitest";
import { roleTemplate } from "../../server/accounts/role-template";
import { rolePolicies } from "../../server/accounts/role-policy";
import { roleFromTemplate } from "./role-template";

const account = "400000000004";
const parameters = { ExternalId: "cg-issued", PrincipalArn: "arn:aws:iam::999900001111:root" };

describe("roleFromTemplate", () => {
  it("reads the product's own template as the role that the product describes", () => {
    const role = roleFromTemplate(roleTemplate(), { account, parameters });
    expect(role).toMatchObject({
      account,
      roleName: "CloudGuardMonitoringRole",
      principal: parameters.PrincipalArn,
      externalId: parameters.ExternalId,
    });
    const described = rolePolicies({ awsAccountId: account }).map(({ name, document }) => ({ name, document }));
    expect(role.policies).toEqual(described);
  });

  it("takes a parameter before its default", () => {
    const template = roleTemplate({ externalId: "by-default", principalArn: parameters.PrincipalArn });
    expect(roleFromTemplate(template, { account, parameters: {} }).externalId).toBe("by-default");
    const named = roleFromTemplate(template, { account, parameters: { ...parameters, RoleName: "CloudGuardOther" } });
    expect(named).toMatchObject({ externalId: "cg-issued", roleName: "CloudGuardOther" });
  });

  it("says which parameter has no value", () => {
    const { PrincipalArn } = parameters;
    expect(() => roleFromTemplate(roleTemplate(), { account, parameters: { PrincipalArn } })).toThrow(
      "The parameter ExternalId has no value.",
    );
  });

  it("refuses a value that the template does not allow, in the template's own words if it has some", () => {
    const plan = (wrong: object) =>
      roleFromTemplate(roleTemplate(), { account, parameters: { ...parameters, ...wrong } });
    expect(() => plan({ ExternalId: "<b>" })).toThrow(/The parameter ExternalId must match the pattern/);
    expect(() => plan({ RoleName: "Other" })).toThrow("The role's name must begin with CloudGuard.");
  });

  it("says what a foreign template lacks", () => {
    expect(() => roleFromTemplate({ Resources: {} }, { account, parameters })).toThrow(/declares no AWS::IAM::Role/);
    const referring = {
      Resources: { R: { Type: "AWS::IAM::Role", Properties: { RoleName: { Ref: "Nowhere" } } } },
    };
    expect(() => roleFromTemplate(referring, { account, parameters })).toThrow(/refers to Nowhere/);
  });
});
