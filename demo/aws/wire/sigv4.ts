import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { WireRequest } from "./message";

/** What the `Authorization` header says of a request: who signed it, when, and for which region and service. */
export interface CredentialScope {
  accessKeyId: string;
  /** `YYYYMMDD` */
  date: string;
  region: string;
  service: string;
}

/** Null where the request is not signed with Signature Version 4. */
export function credentialScope({ headers }: WireRequest): CredentialScope | null {
  const [, accessKeyId, date, region, service] =
    /Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? "") ?? [];
  return accessKeyId && date && region && service ? { accessKeyId, date, region, service } : null;
}

/** Whether `secret` made the request's signature, over exactly this request. Source: AWS's "Create a signed request". */
export function isSignedWith(secret: string, request: WireRequest, scope: CredentialScope): boolean {
  const { headers, body } = request;
  const authorization = headers.authorization ?? "";
  const signedHeaders = /SignedHeaders=([^,\s]+)/.exec(authorization)?.[1] ?? "";
  const signature = Buffer.from(/Signature=([0-9a-f]+)/.exec(authorization)?.[1] ?? "", "hex");
  const payloadHash = headers["x-amz-content-sha256"] ?? sha256(body);
  if (!/^(UNSIGNED-PAYLOAD|STREAMING-)/.test(payloadHash) && payloadHash !== sha256(body)) return false;
  const canonicalRequest = [
    request.method,
    canonicalPath(request, scope.service),
    canonicalQuery(request.query),
    ...signedHeaders.split(";").map((name) => `${name}:${(headers[name] ?? "").trim().replace(/\s+/g, " ")}`),
    "",
    signedHeaders,
    payloadHash,
  ].join("\n");
  const expected = createHmac("sha256", signingKey(secret, scope))
    .update(["AWS4-HMAC-SHA256", headers["x-amz-date"] ?? "", scopeName(scope), sha256(canonicalRequest)].join("\n"))
    .digest();
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

/** Every service but S3 encodes the path, which is encoded already, once more. */
function canonicalPath({ path }: WireRequest, service: string): string {
  return service === "s3" ? path : path.split("/").map(encode).join("/");
}

function canonicalQuery(query: URLSearchParams): string {
  const pairs = [...query].map(([name, value]) => ({ name: encode(name), value: encode(value) }));
  // By code point, not by a locale's order.
  pairs.sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
  return pairs.map(({ name, value }) => `${name}=${value}`).join("&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const signingKeys = new Map<string, Buffer>();
const keptKeys = 10_000;

/** A key serves a day, a region and a service: deriving it anew for each request would cost more than the rest of it. */
function signingKey(secret: string, scope: CredentialScope): Buffer {
  const name = `${secret}/${scopeName(scope)}`;
  const known = signingKeys.get(name);
  if (known) return known;
  const parts = [scope.date, scope.region, scope.service, "aws4_request"];
  const key = parts.reduce<Buffer>(
    (previous, part) => createHmac("sha256", previous).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  if (signingKeys.size >= keptKeys) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}

function scopeName({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

/** RFC 3986, which is stricter than JavaScript. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
