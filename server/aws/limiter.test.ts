import { describe, expect, it } from "vitest";
import type { CallScope } from "./call-scope";
import { callsSent, limited } from "./limiter";
import { toFailure } from "./to-failure";

let accounts = 0;
/** A new account for each test: its gates are its own. */
function scope(more: Partial<CallScope> = {}): CallScope {
  const awsAccountId = String(700000000000 + accounts++);
  return { awsAccountId, region: "eu-west-1", priority: 0, credentials: null, ...more };
}
const api = { service: "ec2", operation: "DescribeInstances" };

function awsError(name: string, httpStatusCode: number, message = name): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: "client",
    $metadata: { httpStatusCode, requestId: "req-1" },
  });
}

/** Fails as told, in order, and answers afterwards. */
function failing(...errors: Error[]) {
  const attempts = { count: 0 };
  return {
    attempts,
    attempt: async () => {
      attempts.count++;
      const error = errors.shift();
      if (error) throw error;
      return "answer";
    },
  };
}

describe("limited", () => {
  it("repeats a throttled call until it is answered", async () => {
    const { attempt, attempts } = failing(awsError("RequestLimitExceeded", 503), awsError("ThrottlingException", 400));
    await expect(limited(api, scope(), attempt)).resolves.toBe("answer");
    expect(attempts.count).toBe(3);
  });

  it("repeats server errors, resets and unreadable answers a few times and then says unavailable", async () => {
    const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    const cut = Object.assign(new SyntaxError("Unexpected end of JSON input"), { $response: {} });
    const { attempt } = failing(awsError("InternalError", 500), reset, cut);
    await expect(limited(api, scope(), attempt)).resolves.toBe("answer");

    const down = failing(...Array.from({ length: 9 }, () => awsError("ServiceUnavailable", 503)));
    const error = await limited(api, scope(), down.attempt).catch((thrown: unknown) => thrown);
    expect(toFailure(error).kind).toBe("unavailable");
    expect(down.attempts.count).toBe(5);
  });

  it("does not repeat what AWS refused for good, and knows which action it was", async () => {
    const { attempt, attempts } = failing(awsError("UnauthorizedOperation", 403));
    const error = await limited(api, scope(), attempt).catch((thrown: unknown) => thrown);
    expect(attempts.count).toBe(1);
    expect(toFailure(error)).toMatchObject({ kind: "denied", action: "ec2:DescribeInstances", awsRequestId: "req-1" });
  });

  it("renews an expired session once", async () => {
    const old = { accessKeyId: "old", secretAccessKey: "x" };
    const fresh = { accessKeyId: "fresh", secretAccessKey: "x" };
    const expired: unknown[] = [];
    const credentials = {
      get: async () => (expired.length > 0 ? fresh : old),
      expired: (used: unknown) => void expired.push(used),
    };
    const { attempt } = failing(awsError("ExpiredToken", 403));
    await expect(limited(api, scope({ credentials }), attempt)).resolves.toBe("answer");
    expect(expired).toEqual([old]);

    const always = failing(awsError("ExpiredToken", 403), awsError("ExpiredToken", 403));
    const error = await limited(api, scope({ credentials }), always.attempt).catch((thrown: unknown) => thrown);
    expect(toFailure(error).kind).toBe("expired");
  });

  it("stops at once when cancelled, also in the middle of a back-off", async () => {
    const cancel = new AbortController();
    const attempt = async () => {
      queueMicrotask(() => cancel.abort(new Error("cancelled")));
      throw awsError("RequestLimitExceeded", 503);
    };
    const start = performance.now();
    await expect(limited(api, scope({ signal: cancel.signal }), attempt)).rejects.toThrow();
    expect(performance.now() - start).toBeLessThan(300);
  });

  it("counts every call that left, repeated ones too", async () => {
    const here = scope();
    await limited(api, here, failing(awsError("InternalError", 500)).attempt);
    expect(callsSent().get(here.awsAccountId)).toBe(2);
  });

  it("keeps other APIs going while one is throttled hard", async () => {
    const here = scope();
    let isOpen = false;
    const hard = limited(api, here, async () => {
      if (!isOpen) throw awsError("RequestLimitExceeded", 503);
      return "at last";
    });
    const others = Array.from({ length: 200 }, (_, i) =>
      limited({ service: "s3", operation: `Get${i}` }, here, async () => i),
    );
    await expect(Promise.all(others)).resolves.toHaveLength(200);
    isOpen = true;
    await expect(hard).resolves.toBe("at last");
  });
});
