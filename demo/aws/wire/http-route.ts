import type { WireRequest } from "./message";

/** Where the REST protocols find an operation, and what its path carries. */
export interface HttpBinding {
  method: string;
  path: RegExp;
  /** The names of the path's labels, in their order. */
  labels: string[];
  /** Parameters that tell the operation from others on the same path; null where only their presence counts. */
  query: [name: string, value: string | null][];
  status: number;
  /** S3's bucket is the path's first part, before what the model calls the path. */
  hasBucket: boolean;
  /** The more particular of two routes that fit has the higher one. */
  rank: number;
}

/** Reads the `http` trait (`["GET", "/{Bucket}?tagging", 200]`); null for an operation of another kind of protocol. */
export function httpBinding(traits: unknown, hasBucket: boolean): HttpBinding | null {
  const http = (traits as { http?: [method: string, uri: string, status: number] } | null)?.http;
  if (!http) return null;
  const [method, uri, status] = http;
  const [path = "/", parameters = ""] = uri.split("?");
  const labels: string[] = [];
  const pattern = path
    .replace(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replace(/\{(\w+)(\\\+)?\}/g, (_label, name: string, isGreedy: string | undefined) => {
      labels.push(name);
      return isGreedy ? "(.+)" : "([^/]+)";
    });
  const query = [...new URLSearchParams(parameters)]
    // A hint of the SDK's to itself; other clients do not send it.
    .filter(([name]) => name !== "x-id")
    .map(([name, value]): [string, string | null] => [name, value === "" ? null : value]);
  return {
    method,
    path: new RegExp(`^${pattern}/?$`),
    labels,
    query,
    status,
    hasBucket,
    rank: query.length * 10 - labels.length,
  };
}

/** The path's labels where the request is for this route; else null. */
export function matchRoute(
  binding: HttpBinding,
  { method, query }: WireRequest,
  place: { path: string; bucket: string | undefined },
): Record<string, string> | null {
  if (binding.method !== method || binding.hasBucket !== (place.bucket !== undefined)) return null;
  const match = binding.path.exec(place.path);
  if (!match) return null;
  const isMeant = binding.query.every(
    ([name, value]) => query.has(name) && (value === null || query.get(name) === value),
  );
  if (!isMeant) return null;
  return Object.fromEntries(binding.labels.map((label, at) => [label, decodeURIComponent(match[at + 1] ?? "")]));
}

/** Splits S3's path style into bucket and key; every other service's path is taken as it is. */
export function placeOf(service: string, path: string): { path: string; bucket: string | undefined } {
  const [, bucket, rest] = (service === "s3" && /^\/([^/]+)(\/.*)?$/.exec(path)) || [];
  return bucket === undefined ? { path, bucket: undefined } : { path: rest ?? "/", bucket: decodeURIComponent(bucket) };
}
