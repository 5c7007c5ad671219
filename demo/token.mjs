// `npm run -s demo:token`: a session token of the demo user on standard output, good for an hour, for curl and scripts.
// It asks the running demo's own stand-in; there is no such shortcut with real Clerk.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const local = process.env.CLOUDGUARD_LOCAL_DIR ?? path.resolve(import.meta.dirname, "../.local");
const userId = process.argv[2] ?? "user_demo";
if (!existsSync(path.join(local, "demo.json")))
  fail("The demo is not running. Start it with npm run demo, in another terminal.");
const { app, clerk } = JSON.parse(readFileSync(path.join(local, "demo.json"), "utf8"));
if (!clerk) fail("The running demo uses real Clerk keys. A token by command exists for the local sign-in only.");
const { clerkSecretKey } = JSON.parse(readFileSync(path.join(local, "secrets.json"), "utf8"));

const session = await call("v1/sessions", { user_id: userId });
const { jwt } = await call(`v1/sessions/${session.id}/tokens`, { expires_in_seconds: 3600 });
console.log(jwt);

async function call(route, body) {
  let answer;
  try {
    answer = await fetch(`${clerk}/${route}`, {
      method: "POST",
      headers: { authorization: `Bearer ${clerkSecretKey}`, "content-type": "application/json", origin: app },
      body: JSON.stringify(body),
    });
  } catch {
    return fail(`Nobody answers at ${clerk}. Start the demo again.`);
  }
  const told = await answer.json();
  return answer.ok ? told : fail(told.errors[0].message);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
