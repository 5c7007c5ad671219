import type { Signer } from "./tokens";

const COOKIE = "__client_local";

/** A sign-in that has begun and not ended. */
export interface SignIn {
  id: string;
  identifier: string;
  userId?: string;
}

/** A browser, in Clerk's words a client: who is signed in there. It lives in the browser's cookie alone, so nothing is stored. */
export interface Client {
  id: string;
  createdAt: number;
  updatedAt: number;
  session?: { id: string; userId: string; createdAt: number; organizationId?: string };
  signIn?: SignIn;
}

/** The client of a request; null where the cookie is missing or not of our making. */
export function readClient(request: Request, signer: Signer): Client | null {
  const cookies = request.headers.get("cookie") ?? "";
  const sealed = new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(cookies)?.[1];
  // What carries our seal is what `clientCookie` wrote.
  return signer.open(sealed) as Client | null;
}

/** The Set-Cookie line that keeps `client`. */
export function clientCookie(client: Client, signer: Signer): string {
  return `${COOKIE}=${signer.seal(client)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000`;
}
