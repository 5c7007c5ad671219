import { assertRowSecurityBinds, disconnect } from "../db/client";
import { readEnv } from "../env";
import { runWorker } from "./worker";

readEnv();
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
process.once("SIGINT", () => stop.abort());
await assertRowSecurityBinds();
await runWorker(stop.signal);
await disconnect();
