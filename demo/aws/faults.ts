import { z } from "zod";
import { denied, lackingStatement } from "./identities";
import { seeded } from "./random";
import { AwsError, refusal, type Breakage, type Ctx } from "./wire/sim";

/** A fault to arm: what happens, to which calls, and how often. A field that is left out fits every call. */
export const faultShape = z.strictObject({
  kind: z.enum([
    "latency",
    "throttle",
    "error5xx",
    "reset",
    "truncate",
    "denied",
    "expired",
    "neverEnabled",
    "shortHistory",
    "tooLittleHistory",
  ]),
  service: z.string().optional(),
  operation: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  /** So many calls, then no more. */
  times: z.number().int().positive().optional(),
  /** This share of the calls that fit, drawn by `seed`. */
  share: z.number().min(0).max(1).default(1),
  seed: z.number().int().default(1),
  /** Whose policy says no with `kind: "denied"`: the role's own, which lacks a statement, or the organisation's. */
  by: z.enum(["role", "organization"]).default("role"),
  /** How long a call with `kind: "latency"` waits. */
  latencyMs: z.number().min(0).max(60_000).default(500),
});

export type Fault = z.output<typeof faultShape>;

type Scope = Pick<Ctx, "service" | "operation" | "account" | "region">;

/** The faults that are armed, and which of them a call meets. */
export class Faults {
  private readonly armed = new Map<string, Fault & { left: number; draw: () => number }>();
  private count = 0;

  /** Arms a fault and returns its id. */
  add(fault: Fault): string {
    this.count += 1;
    const id = `fault-${this.count}`;
    this.armed.set(id, { ...fault, left: fault.times ?? Infinity, draw: seeded(fault.seed).next });
    return id;
  }

  list() {
    return [...this.armed].map(([id, { left, draw: _draw, ...fault }]) => ({
      id,
      ...fault,
      left: Number.isFinite(left) ? left : null,
    }));
  }

  /** False where no fault has that id. */
  remove(id: string): boolean {
    return this.armed.delete(id);
  }

  clear(): void {
    this.armed.clear();
  }

  /** What a call meets, in the order in which it was armed; each meeting is used up. */
  meet(call: Scope): Fault[] {
    const met = [];
    for (const fault of this.armed.values()) {
      if (!fits(fault, call) || fault.left <= 0 || fault.draw() >= fault.share) continue;
      fault.left -= 1;
      met.push(fault);
    }
    return met;
  }
}

/** Lets the faults happen to the call: waits, throws what AWS would answer, or returns how the answer is to break. */
export async function suffer(faults: Fault[], ctx: Ctx): Promise<Breakage | undefined> {
  let breakage: Breakage | undefined;
  for (const { kind, latencyMs, by } of faults) {
    switch (kind) {
      case "latency":
        await new Promise((over) => setTimeout(over, latencyMs));
        break;
      case "reset":
      case "truncate":
        breakage ??= kind;
        break;
      case "throttle":
        throw refusal(ctx, "throttled");
      case "error5xx":
        throw refusal(ctx, "broken");
      case "expired":
        throw refusal(ctx, "expired");
      case "neverEnabled":
        // What Cost Explorer says until somebody opens it in the billing console for the first time.
        throw refusal(ctx, "denied", "User not enabled for cost explorer access");
      case "shortHistory":
        // What Cost Explorer says of a start that is older than what it keeps.
        throw new AwsError("ValidationException", 400, "You haven't enabled historical data beyond 14 months");
      case "tooLittleHistory":
        // What Cost Explorer says where it cannot forecast yet.
        throw new AwsError("DataUnavailableException", 400, "Insufficient amount of historical data");
      case "denied":
        throw denied(ctx, by === "role" ? lackingStatement(ctx) : "with an explicit deny in a service control policy");
    }
  }
  return breakage;
}

function fits(fault: Fault, call: Scope): boolean {
  const keys = ["service", "operation", "account", "region"] as const;
  return keys.every((key) => fault[key] === undefined || fault[key] === call[key]);
}
