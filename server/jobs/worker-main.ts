import { disconnect } from "../db/client";
import { databaseBinds } from "../db/database-binds";
import { readEnv } from "../env";
import { log } from "../log";
import { exitOnSignals } from "../shutdown";
import { endTracing, startTracing } from "../tracing";
import { runWorker } from "./worker";
import { serveWorker } from "./worker-http";

try {
  const { WORKER_PORT } = readEnv();
  await startTracing();
  await databaseBinds();
  exitOnSignals(() => Promise.all([endTracing(), disconnect()]));
  if (WORKER_PORT) await serveWorker(WORKER_PORT);
} catch (error) {
  log.fatal(error instanceof Error ? error.message : error);
  process.exit(1);
}
await runWorker();
