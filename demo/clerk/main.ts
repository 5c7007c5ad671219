/** The stand-in's process: HTTP around it, on loopback only. It ends with whoever started it. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { API_KEYS, ORGANIZATIONS, USERS } from "./identities";
import { createStandIn } from "./standin";

const address = new URL(required("CLERK_FAPI_URL"));
const answer = createStandIn({
  publishableKey: required("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY"),
  secretKey: required("CLERK_SECRET_KEY"),
  privateKeyPem: required("CLERK_LOCAL_PRIVATE_KEY"),
  assetFolder: required("CLERK_LOCAL_ASSETS"),
  applicationName: "CloudGuard (local)",
  users: USERS,
  organizations: ORGANIZATIONS,
  apiKeys: API_KEYS,
});

createServer((incoming, outgoing) => {
  relay(incoming, outgoing).catch((error: unknown) => {
    console.error("[clerk stand-in]", error);
    outgoing.writeHead(500).end();
  });
}).listen(Number(address.port), "127.0.0.1", () => console.log(`Clerk stand-in on ${address.origin}`));

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(0));

async function relay(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (value) headers.set(name, String(value));
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
  const response = await answer(
    new Request(new URL(incoming.url ?? "/", address), { method: incoming.method, headers, ...body }),
  );
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== "set-cookie") outgoing.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
