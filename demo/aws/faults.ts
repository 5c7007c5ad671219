import { z } from "zod";
import { denied } from "./identities";
import { actionOf } from "./policies";
import { seeded } from "./random";
import { AwsError, type Ctx } from "./wire/sim";

/** A fault to inject: which calls it meets, and how often. */
export const faultShape = z.strictObject({
  kind: z.enum(["latency", "throttle", "error5xx", "reset", "truncate", "denied", "expired"]),
  service: z.string().optional(),
  operation: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  /** So many calls, then never again. */
  times: z.number().int().positive().optional(),
  /** This share of calls, drawn by `seed`. */
  share: z.number().min(0).max(1).default(1),
  seed: z.number().int().default(1),
  latencyMs: z.number().min(0).max(60_000).default(500),
});

export type Fault = z.output<typeof faultShape>;

/** How the connection itself is to break, which no error answer can say. */
export type Breakage = "reset" | "truncate";

export class Faults {
  private readonly armed = new Map<string, Fault & { left: number; draw: () => number }>();
  private count = 0;

  add(fault: Fault): string {
    const id = `fault-${(this.count += 1)}`;
    this.armed.set(id, { ...fault, left: fault.times ?? Infinity, draw: seeded(fault.seed).next });
    return id;
  }

  list() {
    return [...this.armed].map(([id, { left, draw: _draw, ...fault }]) => ({ id, ...fault, left: left === Infinity ? null : left }));
  }

  remove(id?: string): void {
    if (id) this.armed.delete(id);
    else this.armed.clear();
  }

  /** Throws or delays as the armed faults say; returns how to break the connection, if one says so. */
  async meet(ctx: Ctx): Promise<Breakage | null> {
    let breakage: Breakage | null = null;
    for (const fault of this.armed.values()) {
      const fits = (["service", "operation", "account", "region"] as const).every((key) => fault[key] === undefined || fault[key] === ctx[key]);
      if (!fits || fault.left <= 0 || fault.draw() >= fault.share) continue;
      fault.left -= 1;
      if (fault.kind === "latency") await new Promise((next) => setTimeout(next, fault.latencyMs));
      else if (fault.kind === "reset" || fault.kind === "truncate") breakage = fault.kind;
      else throw errorOf(fault.kind, ctx);
    }
    return breakage;
  }
}

function errorOf(kind: "throttle" | "error5xx" | "denied" | "expired", ctx: Ctx): AwsError {
  if (kind === "throttle") return throttled(ctx.service);
  if (kind === "error5xx") return new AwsError("InternalFailure", 500, "An internal error has occurred.");
  if (kind === "expired") return new AwsError(ctx.service === "ec2" ? "RequestExpired" : "ExpiredToken", 403, "The security token included in the request is expired");
  return denied(ctx, actionOf(ctx.service, ctx.operation), "with an explicit deny in a service control policy");
}

/** Each service's own word for too many calls. */
export function throttled(service: string): AwsError {
  if (service === "ec2") return new AwsError("RequestLimitExceeded", 503, "Request limit exceeded.");
  if (service === "s3") return new AwsError("SlowDown", 503, "Please reduce your request rate.");
  if (service === "lambda") return new AwsError("TooManyRequestsException", 429, "Rate exceeded");
  if (service === "dynamodb" || service === "tagging") return new AwsError("ThrottlingException", 400, "Rate exceeded");
  return new AwsError("Throttling", 400, "Rate exceeded");
}
