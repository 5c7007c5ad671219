import { describe, expect, it } from "vitest";
import { RateDeadlineError } from "./gate";
import { toFailure } from "./to-failure";

function awsError(name: string, status = 400, message = "said AWS"): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: "client",
    $metadata: { httpStatusCode: status, requestId: "req-7" },
  });
}

describe("toFailure", () => {
  it.each([
    ["UnauthorizedOperation", 403, "denied"],
    ["AccessDenied", 403, "denied"],
    ["AccessDeniedException", 400, "denied"],
    ["RequestLimitExceeded", 503, "throttled"],
    ["Throttling", 400, "throttled"],
    ["SlowDown", 503, "throttled"],
    ["TooManyRequestsException", 429, "throttled"],
    ["InternalError", 500, "unavailable"],
    ["ServiceUnavailable", 503, "unavailable"],
    ["ExpiredToken", 400, "expired"],
    ["ExpiredTokenException", 400, "expired"],
    ["InvalidClientTokenId", 403, "expired"],
    ["OptInRequired", 403, "notEnabled"],
    ["RegionDisabledException", 403, "notEnabled"],
    ["ValidationError", 400, "invalid"],
  ])("calls %s (%i) %s", (code, status, kind) => {
    expect(toFailure(awsError(code, status))).toMatchObject({ kind, code, awsRequestId: "req-7" });
  });

  it("takes the action from AWS's message before the hint", () => {
    const message =
      "User: arn:aws:sts::1:assumed-role/x is not authorized to perform: rds:DescribeDBInstances on resource: *";
    const failure = toFailure(awsError("AccessDenied", 403, message), { action: "rds:Describe" });
    expect(failure.action).toBe("rds:DescribeDBInstances");
    expect(toFailure(awsError("UnauthorizedOperation", 403), { action: "ec2:DescribeVolumes" }).action).toBe(
      "ec2:DescribeVolumes",
    );
  });

  it("calls a reset, a timeout and a cut answer unavailable, and does not quote the parser", () => {
    const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    const timeout = Object.assign(new Error("timed out"), { name: "TimeoutError" });
    const cut = Object.assign(new SyntaxError("Unexpected token < in JSON at position 0"), { $response: {} });
    for (const error of [reset, timeout, cut]) expect(toFailure(error).kind).toBe("unavailable");
    expect(toFailure(cut).message).toBe("AWS's answer was cut short or could not be read.");
  });

  it("tells of a connection by what it means, and not in a library's words", () => {
    const told = (message: string) => toFailure(Object.assign(new Error(message), { name: "TimeoutError" })).message;
    expect(
      told("@smithy/node-http-handler - [ERROR] a request has exceeded the configured 30000 ms requestTimeout."),
    ).toBe("AWS did not answer within 30 s.");
    expect(
      told(
        "@smithy/node-http-handler - the request socket did not establish a connection with the server within the configured timeout of 5000 ms.",
      ),
    ).toBe("AWS did not answer within 5 s.");
    for (const broken of ["read ECONNRESET", "socket hang up", "aborted", "write EPIPE"])
      expect(told(broken)).toBe("The connection to AWS broke off.");
    expect(told("getaddrinfo ENOTFOUND sts.eu-west-9.amazonaws.com")).toContain("sts.eu-west-9.amazonaws.com");
  });

  it("calls what waited for its rate until the deadline throttled", () => {
    expect(toFailure(new RateDeadlineError("late")).kind).toBe("throttled");
  });

  it("does not lose what is no error of AWS's", () => {
    expect(toFailure(new TypeError("x is undefined"))).toMatchObject({ kind: "invalid", code: "TypeError" });
    expect(toFailure("a string")).toMatchObject({ kind: "invalid", message: "a string" });
    expect(toFailure(null).kind).toBe("invalid");
  });
});
