import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSign,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import type { DemoUser } from "./identities";
import type { Membership } from "./organizations";

/** As long as Clerk's own. */
const SESSION_TOKEN_SECONDS = 60;
const KEY_ID = "ins_local";

export interface SessionTokenRequest {
  user: DemoUser;
  sessionId: string;
  /** The organisation that the person works for just now; none is their personal tenant. */
  active?: Membership;
  /** The origin that the token is for; Clerk's `azp`. */
  origin?: string;
  seconds?: number;
}

/** Signs what the stand-in says, with the clone's own key. */
export interface Signer {
  sessionToken(request: SessionTokenRequest): string;
  /** Any payload in the form of Clerk's tokens. */
  sign(payload: object): string;
  /** A value that only we can have made, for cookies and tickets. */
  seal(value: object): string;
  /** What was sealed; null for anything else. */
  open(sealed: string | null | undefined): unknown;
  jwks(): object;
}

/** A signer for `issuer`, with an RSA key in PEM. */
export function createSigner(privateKeyPem: string, issuer: string): Signer {
  const key = createPrivateKey(privateKeyPem);
  const sealKey = createHash("sha256").update("cloudguard-clerk-stand-in").update(privateKeyPem).digest();
  const mac = (text: string) => createHmac("sha256", sealKey).update(text).digest("base64url");

  function sign(payload: object): string {
    const signed = `${encode({ alg: "RS256", cat: "cl_B7d4PD111AAA", kid: KEY_ID, typ: "JWT" })}.${encode(payload)}`;
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
  }

  return {
    sign,
    sessionToken({ user, sessionId, active, origin, seconds = SESSION_TOKEN_SECONDS }) {
      const now = nowSeconds();
      return sign({
        ...(origin && { azp: origin }),
        exp: now + seconds,
        fva: [0, -1],
        iat: now,
        iss: issuer,
        jti: randomBytes(10).toString("hex"),
        nbf: now - 10,
        ...(active && { o: { id: active.organization.id, rol: active.role, slg: active.organization.slug } }),
        sid: sessionId,
        sts: "active",
        sub: user.id,
        v: 2,
      });
    },
    seal(value) {
      const text = encode(value);
      return `${text}.${mac(text)}`;
    },
    open(sealed) {
      const [text, given] = (sealed ?? "").split(".");
      if (!text || !given || !isSame(given, mac(text))) return null;
      return JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as unknown;
    },
    jwks: () => ({
      keys: [{ ...createPublicKey(key).export({ format: "jwk" }), kid: KEY_ID, use: "sig", alg: "RS256" }],
    }),
  };
}

/** Compared as digests, so that neither length nor the first differing byte shows in the time it takes. */
export function isSame(given: string | null | undefined, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given ?? ""), digest(wanted));
}

/** An id in Clerk's form: `sess_` and 112 random bits. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(14).toString("hex")}`;
}

export const nowSeconds = () => Math.floor(Date.now() / 1000);

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
