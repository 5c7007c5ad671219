import { TRPCError } from "@trpc/server";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z, ZodError } from "zod";
import { AppError, errorCodes, explain, type ErrorCode } from "./errors";

const codes = Object.keys(errorCodes) as ErrorCode[];

describe("an error, explained", () => {
  it.each(codes.filter((code) => code !== "INTERNAL"))("says what %s says, with its status and details", (code) => {
    const details = { fields: { page: "Too deep." }, retryAfterSeconds: 7 };
    const error = new AppError(code, "This and that.", details);
    const told = { code, status: errorCodes[code], message: "This and that.", ...details };
    expect(explain(error, "req_1")).toEqual(told);
    expect(explain(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error }), "req_1")).toEqual(told);
  });

  it("names the inputs at fault", () => {
    const { error } = z.strictObject({ page: z.number() }).safeParse({ page: "x", extra: 1 });
    const told = explain(new TRPCError({ code: "BAD_REQUEST", cause: error }), "req_1");
    expect(told).toMatchObject({ code: "BAD_REQUEST", status: 400 });
    expect(Object.keys(told.fields!)).toEqual(["page", "extra"]);
    expect(told.message).toContain("page: ");
  });

  it("gives nothing away of what was not expected, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (secret) => {
        for (const error of [
          new Error(secret),
          new ZodError([{ code: "custom", path: [], message: secret, input: secret }]),
          new AppError("INTERNAL", secret),
          secret,
        ]) {
          const told = explain(error, "req_1");
          expect(told.status).toBe(500);
          expect(told.message).toContain("req_1");
          expect(JSON.stringify(told)).not.toContain(secret);
        }
      }),
    );
  });
});
