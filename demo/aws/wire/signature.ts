import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { WireRequest } from "./message";

/** Where and by whom a request says it was signed. */
export interface SignedScope {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
}

/** The scope in the Authorization header; null where there is none of Signature Version 4. */
export function signedScope(request: WireRequest): SignedScope | null {
  const found = /Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request/.exec(request.headers.authorization ?? "");
  const [, accessKeyId, date, region, service] = found ?? [];
  return accessKeyId && date && region && service ? { accessKeyId, date, region, service } : null;
}

/** Whether the request carries the signature that AWS would calculate with `secret` (Signature Version 4). */
export function isSignedBy(request: WireRequest, secret: string, { date, region, service }: SignedScope): boolean {
  const { headers } = request;
  const authorization = headers.authorization ?? "";
  const signedHeaders = /SignedHeaders=([^,]+)/.exec(authorization)?.[1] ?? "";
  const given = Buffer.from(/Signature=([0-9a-f]+)/.exec(authorization)?.[1] ?? "", "hex");
  const payload = headers["x-amz-content-sha256"] ?? sha256(request.body);
  if (!/^(UNSIGNED-PAYLOAD|STREAMING-)/.test(payload) && payload !== sha256(request.body)) return false;
  const canonical = [
    request.method,
    // S3 signs the path as sent, every other service encodes it once more.
    service === "s3" ? request.path : request.path.split("/").map(encode).join("/"),
    canonicalQuery(request.query),
    ...signedHeaders.split(";").map((name) => `${name}:${(headers[name] ?? "").trim().replace(/\s+/g, " ")}`),
    "",
    signedHeaders,
    payload,
  ].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"] ?? "", scope, sha256(canonical)].join("\n");
  const wanted = hmac(signingKey(secret, date, region, service), toSign);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([key, value]): [string, string] => [encode(key), encode(value)])
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join("="))
    .join("&");
}

const keys = new Map<string, Buffer>();

/** Kept by scope: deriving it costs four hashes, and one scope signs thousands of calls. */
function signingKey(secret: string, date: string, region: string, service: string): Buffer {
  const id = `${secret}/${date}/${region}/${service}`;
  let key = keys.get(id);
  if (!key) {
    key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), "aws4_request");
    if (keys.size > 10_000) keys.clear();
    keys.set(id, key);
  }
  return key;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text, "utf8").digest();
const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
