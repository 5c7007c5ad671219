import { describe, expect, it } from "vitest";
import { sessionRequest } from "./session-request";

const asked = { RoleArn: "arn:aws:iam::123456789012:role/CloudGuardMonitoringRole", RoleSessionName: "cloudguard" };

describe("sessionRequest", () => {
  it("asks for an hour and the role's full rights where nothing else is said", () => {
    expect(sessionRequest(asked)).toEqual({
      roleArn: asked.RoleArn,
      sessionName: "cloudguard",
      externalId: undefined,
      seconds: 3600,
      scope: null,
    });
  });

  it.each([
    ["an ARN of a user", { RoleArn: "arn:aws:iam::123456789012:user/x" }],
    ["an account that is no number", { RoleArn: "arn:aws:iam::12345:role/x" }],
    ["a session name with a space", { RoleSessionName: "cloud guard" }],
    ["a session name of one letter", { RoleSessionName: "c" }],
    ["an ExternalId of one letter", { ExternalId: "x" }],
    ["an ExternalId with a space", { ExternalId: "is sued" }],
    ["less than fifteen minutes", { DurationSeconds: 899 }],
    ["more than an hour", { DurationSeconds: 3601 }],
  ])("refuses %s as STS does", (_what, wrong) => {
    expect(() => sessionRequest({ ...asked, ...wrong })).toThrow(expect.objectContaining({ code: "ValidationError" }));
  });

  it.each([900, 3600])("takes %i seconds", (DurationSeconds) => {
    expect(sessionRequest({ ...asked, DurationSeconds }).seconds).toBe(DurationSeconds);
  });

  it("joins the inline policy and the managed ones", () => {
    const inline = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ce:*", Resource: "*" }] };
    const PolicyArns = [{ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }];
    const { scope } = sessionRequest({ ...asked, Policy: JSON.stringify(inline), PolicyArns });
    expect(scope).toHaveLength(2);
    expect(scope?.[0]).toEqual(inline);
  });

  it.each([
    ["no JSON", { Policy: "{" }],
    ["no policy", { Policy: '{"Statement":[{"Effect":"Perhaps","Action":"*"}]}' }],
    ["a managed policy that is not simulated", { PolicyArns: [{ arn: "arn:aws:iam::aws:policy/Nothing" }] }],
  ])("calls %s malformed", (_what, wrong) => {
    const error = expect.objectContaining({ code: "MalformedPolicyDocument" });
    expect(() => sessionRequest({ ...asked, ...wrong })).toThrow(error);
  });

  it("refuses an inline policy of more than 2048 characters", () => {
    const Policy = JSON.stringify({ Statement: { Effect: "Allow", Action: ["x".repeat(2048)] } });
    expect(() => sessionRequest({ ...asked, Policy })).toThrow(
      expect.objectContaining({ code: "PackedPolicyTooLarge" }),
    );
  });
});
