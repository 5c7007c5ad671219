/** The stand-in's process: an HTTP adapter around it, on loopback only. It ends with whoever started it. */
import { createServer } from "node:http";
import path from "node:path";
import { API_KEYS, USERS } from "./identities";
import { createClerkLocal } from "./standin";

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

const port = Number(new URL(required("CLERK_FAPI_URL")).port);
const handle = createClerkLocal({
  publishableKey: required("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY"),
  secretKey: required("CLERK_SECRET_KEY"),
  privateKeyPem: required("CLERK_LOCAL_PRIVATE_KEY"),
  appName: "CloudGuard (local)",
  assetDir: path.resolve(required("CLERK_LOCAL_ASSETS")),
  users: USERS,
  apiKeys: API_KEYS,
});

createServer((incoming, outgoing) => {
  void (async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) if (value) headers.set(name, String(value));
    const request = new Request(`http://127.0.0.1:${port}${incoming.url}`, {
      method: incoming.method,
      headers,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const response = await handle(request, decodeURIComponent(new URL(request.url).pathname.slice(1)));
    outgoing.statusCode = response.status;
    response.headers.forEach((value, name) => void (name !== "set-cookie" && outgoing.setHeader(name, value)));
    const cookies = response.headers.getSetCookie();
    if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  })().catch((error: unknown) => {
    console.error("[clerk stand-in]", error);
    outgoing.statusCode = 500;
    outgoing.end();
  });
}).listen(port, "127.0.0.1", () => console.log(`Clerk stand-in on http://127.0.0.1:${port}`));

process.once("SIGTERM", () => process.exit(0));
process.once("SIGINT", () => process.exit(0));
