import { AsyncLocalStorage } from "node:async_hooks";
import type { AwsCredentialIdentity } from "@smithy/types";
import { perProcess } from "../per-process";

/**
 * For whom a call is made. Clients are shared by all accounts, because building one costs more than a call; so the
 * account and its credentials travel with the call and never with the client.
 */
export interface CallScope {
  awsAccountId: string;
  region: string;
  /** The longest-known chains first: a higher number is served earlier where calls wait. */
  priority: number;
  signal?: AbortSignal;
  /** Null where CloudGuard calls as itself. */
  credentials: CredentialSource | null;
  /** Told of every throttled call, though it is repeated and may well be answered. */
  onThrottle?: (operation: string) => void;
  /** Counts what leaves, where every call is paid. */
  meter?: CallMeter;
}

/** How many calls have left, repeated ones included, and after how many a failed one is not repeated. */
export interface CallMeter {
  sent: number;
  most: number;
  /** Waited for before a failed call is repeated, with how many will have left by then. What it throws ends the call. */
  onRepeat?(sent: number): Promise<void>;
}

export interface CredentialSource {
  /** Valid for minutes at least; the same ones for everybody who asks until they are near their end. */
  get(): Promise<AwsCredentialIdentity>;
  /** Forgets `used`, which AWS called expired: the next `get` renews them. */
  expired(used: AwsCredentialIdentity): void;
  /** Whether the account was paused or disconnected since: no further call may leave with them, and `get` throws. */
  isEnded?(): boolean;
}

/** What a call meets whose session was ended: to whoever made it, as if somebody had cancelled it. */
export function sessionEnded(): Error {
  return new DOMException("The account was paused or disconnected.", "AbortError");
}

const scopes = perProcess("scopes", () => new AsyncLocalStorage<CallScope>());

export function inScope<T>(scope: CallScope, work: () => T): T {
  return scopes.run(scope, work);
}

/** Throws outside of a scope: a call without an account must never go out with somebody else's credentials. */
export function currentScope(): CallScope {
  const scope = scopes.getStore();
  if (!scope) throw new Error("an AWS client was used outside of a session");
  return scope;
}
