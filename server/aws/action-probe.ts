import type { Failure } from "./failure";

/** What the role allows of one action. `call`: AWS answered the real call; `simulation`: IAM said what it would answer. */
export interface ActionProbe {
  action: string;
  result: "allowed" | "denied" | "notEnabled" | "unknown";
  by: "call" | "simulation" | "none";
  message: string | null;
  /** Set where a policy denies it whatever the role's own allow: no statement to add would grant it. */
  isBarred?: true;
}

/** Only a denial is a denial: a throttle or an outage leaves the question open. */
export function fromFailure(action: string, { kind, message }: Failure): ActionProbe {
  const result = kind === "denied" ? "denied" : kind === "notEnabled" ? "notEnabled" : "unknown";
  return { action, result, by: result === "unknown" ? "none" : "call", message };
}
