import { AsyncLocalStorage } from "node:async_hooks";
import type { AwsCredentialIdentity, FinalizeRequestMiddleware, HandlerExecutionContext } from "@smithy/types";
import { errorShape, isDenial, remedyFor } from "./answers";
import { currentScope, sessionEnded, type CallScope } from "./call-scope";
import { Gate } from "./gate";
import { log } from "../log";
import { metrics } from "../metrics";
import { perProcess } from "../per-process";
import { traced } from "../tracing";
import { rateOf } from "./rates";
import { Slots } from "./slots";
import { pause } from "./waits";

/**
 * Paces and repeats every call of a client of `service`. A call first waits for its API's own rate in its account and
 * region, then for one of the process's slots, so that a throttled API keeps nobody else waiting. Throttles are repeated
 * for as long as the API still answers anybody, broken answers a few times, an expired session once with fresh credentials; then AWS's own error
 * rises.
 */
export function limitedMiddleware(service: string): FinalizeRequestMiddleware<object, never> {
  return (next, context: HandlerExecutionContext) => async (args) => {
    const operation = (context.commandName ?? "").replace(/Command$/, "");
    const scope = currentScope();
    const span = {
      "rpc.system": "aws-api",
      "rpc.service": service,
      "rpc.method": operation,
      "cloud.region": scope.region,
    };
    return traced(`${service}.${operation}`, span, () =>
      limited({ service, operation }, scope, () => next({ ...args, request: copied(args.request) })),
    );
  };
}

export interface Api {
  service: string;
  operation: string;
}

/** Runs `attempt` within the limits of `api` for the scope's account. What it throws at last carries `calledApi`. */
export async function limited<T>(api: Api, scope: CallScope, attempt: () => Promise<T>): Promise<T> {
  const { awsAccountId, region, signal } = scope;
  const gate = gateOf(`${awsAccountId}/${region}/${api.service}:${api.operation}`, api);
  const startedAt = performance.now();
  let throttles = 0;
  let transients = 0;
  let renewals = 0;
  let last: unknown;
  for (;;) {
    if (scope.meter && scope.meter.sent > 0) await scope.meter.onRepeat?.(scope.meter.sent + 1);
    // Before the slot: AssumeRole needs one itself, and callers that hold all of them while they wait for it never end.
    const credentials = await scope.credentials?.get();
    const waitsSince = performance.now();
    let giveBack: () => void;
    try {
      giveBack = await turn(gate, scope, startedAt);
    } catch (error) {
      throw named(error instanceof Error && error.name === "RateDeadlineError" ? (last ?? error) : error, api);
    }
    if (scope.credentials?.isEnded?.()) {
      giveBack();
      gate.forgo();
      throw sessionEnded();
    }
    const sentAt = gate.send();
    metrics.awsWaits.observe({ service: api.service }, (sentAt - waitsSince) / 1000);
    sent.set(awsAccountId, (sent.get(awsAccountId) ?? 0) + 1);
    if (scope.meter) scope.meter.sent++;
    try {
      const answer = await signing.run(credentials, attempt);
      gate.landed("answered", sentAt);
      observe(api, scope, "ok", sentAt);
      return answer;
    } catch (error) {
      last = error;
      gate.landed(remedyFor(error) === "throttle" ? "throttled" : "failed", sentAt);
      observe(api, scope, outcomeOf(error), sentAt);
    } finally {
      giveBack();
    }
    const isOver = signal?.aborted || (scope.meter && scope.meter.sent >= scope.meter.most);
    const remedy = isOver ? "give up" : remedyFor(last);
    if (remedy === "throttle" && throttles++ < MAX_THROTTLES) {
      scope.onThrottle?.(api.operation);
    } else if (remedy === "renew" && credentials && renewals++ < MAX_RENEWALS) {
      scope.credentials?.expired(credentials);
    } else if (remedy === "transient" && transients++ < MAX_TRANSIENTS) {
      await pause(backOffMs(transients, Math.random()), signal);
    } else {
      throw named(last, api);
    }
  }
}

/** Waits for the API's rate and then for a slot; resolves to how to give the slot back. */
async function turn(gate: Gate, { priority, signal }: CallScope, startedAt: number): Promise<() => void> {
  for (;;) {
    const promise = await gate.pass(priority, startedAt, signal);
    const giveBack = await slots()
      .take(priority, signal)
      .catch((error: unknown) => {
        gate.forgo();
        throw error;
      });
    if (gate.holds(promise)) return giveBack;
    giveBack();
    gate.forgo();
  }
}

function observe({ service, operation }: Api, { region }: CallScope, outcome: string, sentAt: number): void {
  const ms = performance.now() - sentAt;
  metrics.awsCalls.observe({ service, outcome }, ms / 1000);
  log.debug({ service, operation, region, outcome, ms: Math.round(ms) }, "AWS was called");
}

/** As metrics count it: what AWS refused as too fast, what IAM refused, and everything else that was no answer. */
function outcomeOf(error: unknown): string {
  if (remedyFor(error) === "throttle") return "throttled";
  return isDenial(errorShape(error).code) ? "denied" : "failed";
}

const MAX_THROTTLES = 30;
const MAX_TRANSIENTS = 4;
const MAX_RENEWALS = 1;

/** 100, 200, 400 ms … with full jitter over the upper half. */
function backOffMs(attempt: number, random: number): number {
  return 100 * 2 ** (attempt - 1) * (0.5 + random / 2);
}

/**
 * What the call that is under way signs with: the attempt's own, or the scope's for the SDK's first look before any
 * attempt. Throws outside of a scope: a call without an account must never go out with somebody else's credentials.
 */
export async function signingCredentials(): Promise<AwsCredentialIdentity> {
  const credentials = signing.getStore() ?? (await currentScope().credentials?.get());
  if (!credentials) throw new Error("an AWS client was used without credentials");
  return credentials;
}

const signing = perProcess("signing", () => new AsyncLocalStorage<AwsCredentialIdentity | undefined>());

/** The API whose call raised `error`, where it came through the limiter. */
export function calledApi(error: unknown): Api | null {
  return typeof error === "object" && error !== null ? (raisedBy.get(error) ?? null) : null;
}

const raisedBy = perProcess("raisedBy", () => new WeakMap<object, Api>());

function named(error: unknown, api: Api): unknown {
  if (typeof error === "object" && error !== null) raisedBy.set(error, api);
  return error;
}

/** Signing and the user agent write into the request: each attempt gets its own, or headers would pile up. */
function copied(request: unknown): unknown {
  const { headers, query } = request as { headers: object; query: object };
  return Object.assign(Object.create(Object.getPrototypeOf(request) as object), request, {
    headers: { ...headers },
    query: { ...query },
  });
}

/** How many calls may be in the air at once, over all accounts: `AWS_CONCURRENCY`, 50 unless told. */
export function inFlightCap(): number {
  const wanted = Number(process.env.AWS_CONCURRENCY);
  return Number.isInteger(wanted) && wanted > 0 ? wanted : 50;
}

const slots = () => perProcess("slots", () => new Slots(inFlightCap()));

/** Calls that left this process, by account; a repeated call counts again. CloudGuard's own AssumeRole counts for the account it enters. */
export function callsSent(): ReadonlyMap<string, number> {
  return sent;
}

const sent = perProcess("sent", () => new Map<string, number>());
const gates = perProcess("gates", () => new Map<string, Gate>());

function gateOf(key: string, { service, operation }: Api): Gate {
  let gate = gates.get(key);
  if (!gate) {
    if (gates.size >= MAX_GATES) for (const [old, idle] of gates) if (idle.isIdle()) gates.delete(old);
    gate = new Gate(rateOf(service, operation));
    gates.set(key, gate);
  }
  return gate;
}

const MAX_GATES = 20_000;
