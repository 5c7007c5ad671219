import type { DemoUser } from "./identities";
import { nowSeconds, type Signer } from "./tokens";

interface Ticket {
  kind: "ticket";
  userId: string;
  expiresAt: number;
}

/** Lets whoever has it sign in as `user`, for `seconds`: how a test signs in without a form. */
export function issueTicket(user: DemoUser, seconds: number, signer: Signer): string {
  return signer.seal({ kind: "ticket", userId: user.id, expiresAt: nowSeconds() + seconds } satisfies Ticket);
}

/** Whom a ticket lets in; undefined for one that has expired, was tampered with, or is another sealed thing. */
export function redeemTicket(ticket: string | null, users: DemoUser[], signer: Signer): DemoUser | undefined {
  const opened = signer.open(ticket) as Partial<Ticket> | null;
  if (opened?.kind !== "ticket" || (opened.expiresAt ?? 0) <= nowSeconds()) return undefined;
  return users.find(({ id }) => id === opened.userId);
}
