/** Pure: an endpoint's example as a command line. */
import type { Endpoint } from "./endpoint";

/** The example request for bash; the environment's `TOKEN` holds the token. */
export function curlOf({ method, path, example }: Endpoint, serverUrl: string): string {
  const {
    params = {},
    query = {},
    body,
  } = example as Partial<Record<"params" | "query", Record<string, unknown>>> & {
    body?: unknown;
  };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}${quoted(`${serverUrl}${filled}${search && `?${search}`}`)}`,
    `-H "Authorization: Bearer $TOKEN"`,
    ...(body ? [`-H "Content-Type: application/json"`, `-d ${quoted(JSON.stringify(body, null, 2))}`] : []),
  ].join(" \\\n  ");
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
