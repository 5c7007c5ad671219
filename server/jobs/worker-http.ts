import { createServer, type Server } from "node:http";
import { newRequestId } from "../context";
import { readiness } from "../health";
import { log } from "../log";
import { scrape } from "../metrics-scrape";
import { rateLimitHeaders, spendAsStranger, tooMany } from "../rate-limit";
import { closeOnExit } from "../shutdown";

/** A worker's own small door, for probes and Prometheus, at the paths that the web process has. Resolves when it listens. */
export function serveWorker(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const requestId = newRequestId();
    const { url = "/", headers, socket } = request;
    answer(url, headers.authorization ?? null, socket.remoteAddress ?? "unknown").then(
      async (told) => {
        response.writeHead(told.status, { "x-request-id": requestId, ...Object.fromEntries(told.headers) });
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

async function answer(url: string, authorization: string | null, address: string): Promise<Response> {
  switch (url.split("?")[0]) {
    case "/api/health/live":
      return Response.json({ status: "alive" });
    case "/api/health/ready": {
      const { isReady, ...body } = await readiness();
      return Response.json(body, { status: isReady ? 200 : 503 });
    }
    case "/api/metrics":
      return countRefusal(address, await scrape(authorization));
    default:
      return new Response("Not found\n", { status: 404 });
  }
}

/** Whoever guesses the bearer is counted, as at the doors of the web; the address is the connection's own, as no proxy stands before it. */
async function countRefusal(address: string, answer: Response): Promise<Response> {
  const drawn = answer.status === 401 ? await spendAsStranger(address) : null;
  if (!drawn?.isExceeded) return answer;
  return new Response(`${tooMany(drawn).message}\n`, {
    status: 429,
    headers: { ...rateLimitHeaders(drawn), "Retry-After": String(drawn.resetSeconds) },
  });
}
