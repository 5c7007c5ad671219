import { createServer, type Server } from "node:http";
import { newRequestId } from "../context";
import { readiness } from "../health";
import { log } from "../log";
import { scrape } from "../metrics-scrape";
import { closeOnExit } from "../shutdown";

/** A worker's own small door, for probes and Prometheus, at the paths that the web process has. Resolves when it listens. */
export function serveWorker(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const requestId = newRequestId();
    answer(request.url ?? "/", request.headers.authorization ?? null).then(
      async (told) => {
        const type = told.headers.get("Content-Type") ?? "text/plain";
        response.writeHead(told.status, { "Content-Type": type, "X-Request-Id": requestId });
        response.end(await told.text());
      },
      (error: unknown) => {
        log.error({ err: error, url: request.url, requestId }, "the worker's door failed");
        response.writeHead(500, { "X-Request-Id": requestId }).end();
      },
    );
  });
  closeOnExit(server);
  return new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(port, process.env.HOST || "0.0.0.0", () => listening(server));
  });
}

async function answer(url: string, authorization: string | null): Promise<Response> {
  switch (url.split("?")[0]) {
    case "/api/health/live":
      return Response.json({ status: "alive" });
    case "/api/health/ready": {
      const { isReady, ...body } = await readiness();
      return Response.json(body, { status: isReady ? 200 : 503 });
    }
    case "/api/metrics":
      return scrape(authorization);
    default:
      return new Response("Not found\n", { status: 404 });
  }
}
