/** Stands between a worker and AWS, and at one moment of one call does something to the worker. */
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Random } from "../../demo/aws/random";

export const moments = ["before the call", "after the answer", "while writing"] as const;
export type Moment = (typeof moments)[number];

export interface Trap {
  operation: string;
  moment: Moment;
  /** Lets so many calls of the operation pass first; none unless told. */
  after?: number;
  /** So long after the answer the worker is writing; a moment of it is drawn. */
  writingMs?: number;
  /** Whether the worker will still want its answer: a killed one will not. */
  isAnswered?: boolean;
  spring: () => void;
}

/** `onAnswer` is told of every operation that AWS has done. */
export async function trapBefore(awsUrl: string, random: Random, onAnswer: (operation: string) => void = () => {}) {
  let armed: Trap | null = null;
  let toPass = 0;

  /** The armed trap where this call is its own; it is armed no longer then. */
  function trapOf(operation: string | undefined): Trap | null {
    if (!armed || armed.operation !== operation || toPass-- > 0) return null;
    const trap = armed;
    armed = null;
    return trap;
  }

  const proxy = createServer((call, answer) => {
    const chunks: Buffer[] = [];
    call.on("data", (chunk: Buffer) => chunks.push(chunk));
    call.on("end", () => void forward(Buffer.concat(chunks)));
    async function forward(body: Buffer) {
      const operation = operationOf(call.headers, body);
      const trap = trapOf(operation);
      if (trap?.moment === "before the call") {
        trap.spring();
        if (!trap.isAnswered) return;
      }
      const reply = await passOn(awsUrl, call, body);
      if (operation && reply.status === 200) onAnswer(operation);
      if (trap?.moment === "after the answer") {
        trap.spring();
        if (!trap.isAnswered) return;
      }
      answer.writeHead(reply.status, { "content-type": reply.type });
      answer.end(reply.body);
      if (trap?.moment === "while writing") setTimeout(trap.spring, random.int(0, trap.writingMs ?? 40));
    }
  });
  await new Promise<void>((ready) => proxy.listen(0, "127.0.0.1", ready));
  return {
    /** What makes a worker go through here. */
    env: { AWS_ENDPOINT_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` },
    arm(trap: Trap) {
      armed = trap;
      toPass = trap.after ?? 0;
    },
    isArmed: () => armed !== null,
    close: () => proxy.close(),
  };
}

/** As it came, the Host too: it is part of what was signed, and fetch would put its own. */
function passOn(awsUrl: string, { url, method, headers }: IncomingMessage, body: Buffer) {
  return new Promise<{ status: number; type: string; body: Buffer }>((answered, failed) => {
    const asked = request(awsUrl + url, { method, headers }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.on("end", () =>
        answered({
          status: reply.statusCode ?? 502,
          type: reply.headers["content-type"] ?? "text/xml",
          body: Buffer.concat(chunks),
        }),
      );
    });
    asked.on("error", failed);
    asked.end(body);
  });
}

/** As the query protocols and the JSON ones name it. */
function operationOf(headers: IncomingHttpHeaders, body: Buffer): string | undefined {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1);
  return /\bAction=(\w+)/.exec(body.toString("utf8"))?.[1];
}
