import { randomBytes } from "node:crypto";
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

/** `req_` and 96 random bits: on the answer, in every log line, and in what a person quotes. */
export function newRequestId(): string {
  return `req_${randomBytes(12).toString("hex")}`;
}
