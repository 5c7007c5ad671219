import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../aws/collectors/define";
import { redact as redactOf, redactAt, REDACTED } from "./redact";

const redact = (value: Json, type = "AWS::Any::Thing") => redactOf(value, type);

describe("redact", () => {
  it.each([
    "MasterUserPassword",
    "AuthToken",
    "DB_PASSWORD",
    "SecretString",
    "ApiKey",
    "UserData",
    "PrivateKey",
    "connectionString",
    "ApiKeyValue",
  ])("hides %s by its name", (name) => expect(redact({ [name]: "s3cr3t" })).toEqual({ [name]: REDACTED }));
  it("hides whatever lies below such a name", () => {
    expect(redact({ Credentials: { User: "ada", Pin: 1234 } })).toEqual({
      Credentials: { User: REDACTED, Pin: REDACTED },
    });
  });
  it("keeps the names of an environment and none of its values", () => {
    expect(redact({ Environment: { Variables: { DB: "postgres", LOG_LEVEL: "info" } } })).toEqual({
      Environment: { Variables: { DB: REDACTED, LOG_LEVEL: REDACTED } },
    });
    expect(redact({ Environment: [{ Name: "X", Value: "y" }] })).toEqual({
      Environment: [{ Name: "X", Value: REDACTED }],
    });
  });
  it("hides the value that stands beside a secret's name", () => {
    expect(
      redact([
        { ParameterKey: "DbPassword", ParameterValue: "hunter2" },
        { Key: "Team", Value: "a" },
      ]),
    ).toEqual([
      { ParameterKey: "DbPassword", ParameterValue: REDACTED },
      { Key: "Team", Value: "a" },
    ]);
  });
  it("hides what an environment of Elastic Beanstalk is set to, and shows its other options", () => {
    const environment = "aws:elasticbeanstalk:application:environment";
    expect(
      redact([
        { Namespace: environment, OptionName: "STAGE", Value: "live" },
        { Namespace: "aws:rds:dbinstance", OptionName: "DBPassword", Value: "hunter2" },
        { Namespace: "aws:autoscaling:asg", OptionName: "MinSize", Value: "2" },
      ]),
    ).toEqual([
      { Namespace: environment, OptionName: "STAGE", Value: REDACTED },
      { Namespace: "aws:rds:dbinstance", OptionName: "DBPassword", Value: REDACTED },
      { Namespace: "aws:autoscaling:asg", OptionName: "MinSize", Value: "2" },
    ]);
  });
  it.each([
    [{ OriginCustomHeaders: [{ HeaderName: "X-Origin-Verify", HeaderValue: "s3cr3t" }] }],
    [{ HttpHeaderConfig: { HttpHeaderName: "X-Origin-Verify", Values: ["s3cr3t"] } }],
    [{ Variables: { backend: "s3cr3t" } }],
    [{ StageVariables: { backend: "s3cr3t" } }],
    [{ RuntimeEnvironmentVariables: [{ Name: "DB", Value: "s3cr3t" }] }],
  ])("hides what may be a secret under any name: %j", (value) => {
    const shown = JSON.stringify(redact(value));
    expect(shown).toBe(JSON.stringify(value).replace("s3cr3t", REDACTED));
  });
  it("hides a parameter's value, whatever it is called", () => {
    const parameter = { Name: "/app/db", Type: "String", Value: "hunter2" };
    expect(redact(parameter, "AWS::SSM::Parameter")).toEqual({ ...parameter, Value: REDACTED });
    expect(redact(parameter, "AWS::Route53::RecordSet")).toEqual(parameter);
  });
  it.each([
    "AKIAIOSFODNN7EXAMPLE",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
    "postgres://ada:hunter2@db.example.com/app",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
    "ghp_0123456789abcdef",
  ])("hides %s by its shape, wherever it stands", (value) => {
    expect(redact({ Description: value })).toEqual({ Description: REDACTED });
  });
  it("reads a policy that is JSON in a string", () => {
    expect(redact({ Definition: JSON.stringify({ password: "x" }) })).toEqual({
      Definition: JSON.stringify({ password: REDACTED }),
    });
  });
  it("keeps settings about secrets, and references to them", () => {
    const kept = {
      HttpTokens: "required",
      ManageMasterUserPassword: true,
      MasterUserSecretArn: "arn:aws:secretsmanager:eu-west-1:1:secret:x",
      Password: "{{resolve:secretsmanager:db:SecretString:password}}",
      KmsKeyId: "arn:aws:kms:eu-west-1:1:key/2",
      Tags: [{ Key: "Owner", Value: "ada" }],
    };
    expect(redact(kept)).toEqual(kept);
  });
  it.each([
    ["/Environment/Variables/DB", "hunter2", REDACTED],
    ["/Parameters/2/ParameterValue", "hunter2", REDACTED],
    [
      "/Parameters/2",
      { ParameterKey: "DbPassword", ParameterValue: "hunter2" },
      { ParameterKey: "DbPassword", ParameterValue: REDACTED },
    ],
    ["/Tags/1", { Key: "Team", Value: "a" }, { Key: "Team", Value: "a" }],
    ["/MemorySize", 512, 512],
    ["/Description", "AKIAIOSFODNN7EXAMPLE", REDACTED],
  ])(
    "hides a value that stands alone by the names along its path, and where its name is not known: %s",
    (path, value, shown) => {
      expect(redactAt(value, path, "AWS::Any::Thing")).toEqual(shown);
    },
  );
  it("knows the type of what a lone value is of", () => {
    expect(redactAt("hunter2", "/Value", "AWS::SSM::Parameter")).toBe(REDACTED);
  });
  it("changes values only: the shape stays, and doing it twice changes nothing more", () => {
    const shape = (value: Json): Json =>
      Array.isArray(value)
        ? value.map(shape)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shape(member)]))
          : null;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>, (value) => {
        const once = redact(value);
        expect(shape(once)).toEqual(shape(value));
        expect(redact(once)).toEqual(once);
      }),
    );
  });
});
