import type { TenantId } from "./db/client";

/** For whom a room works. Doors make it from a session, jobs from the row that they claimed. */
export interface RoomContext {
  tenantId: TenantId;
  clerkUserId: string;
  requestId: string;
  /** Where the request came from; absent where nobody asked, as in a job. */
  sender?: Sender;
  /** The person's address, from Clerk's Backend API; asked for only when a User row is first made. */
  email(): Promise<string | null>;
}

/** What a request tells of its sender. Kept with what it did. */
export interface Sender {
  /** Known where something is changed. */
  email: string | null;
  address: string | null;
  userAgent: string | null;
}

/** `req_` and 96 random bits: on the answer, in every log line, and in what a person quotes. Safe on the Edge. */
export function newRequestId(): string {
  const bits = crypto.getRandomValues(new Uint8Array(12));
  return `req_${Array.from(bits, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
