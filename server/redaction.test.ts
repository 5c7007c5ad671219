import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redacted, withoutSecrets } from "./redaction";

describe("what a log holds", () => {
  it("leaves out what is named like a credential, at any depth", () => {
    expect(
      redacted({
        request: { headers: { Authorization: "x", "Set-Cookie": "y", accept: "text/html" } },
        grant: { roleArn: "arn:aws:iam::123456789012:role/CloudGuard", externalId: "cg-1" },
        items: [{ SecretAccessKey: "z", sessionToken: "t", Code: "AccessDenied" }],
      }),
    ).toEqual({
      request: { headers: { Authorization: "[redacted]", "Set-Cookie": "[redacted]", accept: "text/html" } },
      grant: { roleArn: "arn:aws:iam::123456789012:role/CloudGuard", externalId: "[redacted]" },
      items: [{ SecretAccessKey: "[redacted]", sessionToken: "[redacted]", Code: "AccessDenied" }],
    });
  });

  it.each([
    ["key AKIAIOSFODNN7EXAMPLE refused", "key [redacted] refused"],
    ["Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.c2ln", "Bearer [redacted]"],
    ["connect postgresql://app:hunter2@db:5432/cloudguard", "connect postgresql://app:[redacted]@db:5432/cloudguard"],
    ["https://s3/?X-Amz-Signature=abc123&x=1", "https://s3/?X-Amz-Signature=[redacted]&x=1"],
    ["CLERK sk_live_abcDEF123", "CLERK [redacted]"],
  ])("takes what looks like one out of %s", (text, told) => expect(withoutSecrets(text)).toBe(told));

  it("keeps numbers, dates and plain words as they are", () => {
    const plain = { tokensLeft: 3, at: new Date(0), type: "AWS::EC2::Instance", url: "http://localhost:3000/accounts" };
    expect(redacted(plain)).toEqual(plain);
  });

  it("ends with any value, and lets no canary through", () => {
    const canary = "AKIAIOSFODNN7CANARY";
    fc.assert(
      fc.property(
        fc.anything(),
        (value) => !JSON.stringify(redacted({ value: [value, canary] }) ?? "", bigints).includes(canary),
      ),
    );
  });
});

const bigints = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
