import { describe, expect, it } from "vitest";
import type { AppError } from "../errors";
import { connectAws, getAccount } from "./accounts";
import { MAX_BODY_BYTES, readInput } from "./read-input";
import { listResources } from "./resources";

const json = { "content-type": "application/json" };
const post = (body: BodyInit | undefined, headers: Record<string, string> = json) =>
  new Request("http://localhost/api/connect-aws", { method: "POST", body, headers });
const get = (query: string) => new Request(`http://localhost/api/aws-resources/details?${query}`);
const refused = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable("should have been refused"),
    (error: unknown) => error as AppError,
  );

describe("a query", () => {
  it("gets the documented defaults", async () => {
    expect((await readInput(listResources, get(""), {})).query).toEqual({ page: 1, limit: 50 });
  });

  it.each([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["page=0", "page"],
    ["page=1.5", "page"],
    ["page=", "page"],
    ["page=1&page=2", "page"],
    ["type=EC2", "type"],
    ["typ=ec2", "typ"],
    ["constructor=1", "constructor"],
  ])("is refused as %s", async (query, field) => {
    const { code, details } = await refused(readInput(listResources, get(query), {}));
    expect(code).toBe("BAD_REQUEST");
    expect(details.fields).toHaveProperty([field]);
  });

  it("is refused where there is none to give, with its name", async () => {
    const error = await refused(readInput(getAccount, get("page=1"), { id: "a" }));
    expect(error.details.fields).toHaveProperty("page");
  });
});

describe("a body", () => {
  it.each(["{", "", "undefined", '{"a":1}}', "\u0000"])("that is not JSON is refused: %j", async (text) => {
    expect((await refused(readInput(connectAws, post(text), {}))).code).toBe("BAD_REQUEST");
  });

  it.each(["[]", "null", '"text"', "1"])("that is no object is refused: %s", async (text) => {
    expect((await refused(readInput(connectAws, post(text), {}))).code).toBe("BAD_REQUEST");
  });

  it("of another type than JSON is refused", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
      expect((await refused(readInput(connectAws, post("{}", { "content-type": type }), {}))).code).toBe(
        "UNSUPPORTED_MEDIA_TYPE",
      );
  });

  it("that is larger than the limit is refused, and one at the limit is read", async () => {
    const ofBytes = (size: number) => `"${"x".repeat(size - 2)}"`;
    expect((await refused(readInput(connectAws, post(ofBytes(MAX_BODY_BYTES + 1)), {}))).code).toBe(
      "PAYLOAD_TOO_LARGE",
    );
    expect((await refused(readInput(connectAws, post(ofBytes(MAX_BODY_BYTES)), {}))).code).toBe("BAD_REQUEST");
  });
});
