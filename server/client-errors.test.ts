import { createServer } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerClientErrors, clientErrorAnswer } from "./client-errors";

answerClientErrors();
/** Answers with a half that it says at once, and never with the rest. */
const server = createServer((_, response) => void response.write("half"));
beforeAll(() => new Promise<void>((listening) => void server.listen(0, "127.0.0.1", () => listening())));
afterAll(() => void server.close());

/** What comes back, with `onData` told of all so far, until the server closes. */
function talk(first: string, onData: (told: string, socket: Socket) => void = () => undefined): Promise<string> {
  return new Promise((answered, failed) => {
    let told = "";
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () => socket.write(first));
    socket.setEncoding("utf8").on("data", (some: string) => onData((told += some), socket));
    socket.once("close", () => answered(told)).once("error", failed);
  });
}

it("tells who sends no request what it is, and closes", async () => {
  expect(await talk("no request\r\n\r\n")).toMatch(
    /^HTTP\/1\.1 400 Bad Request\r\n[^]*X-Request-Id: req_[0-9a-f]{24}\r\n/,
  );
});

it("puts nothing into the middle of an answer that it has begun", async () => {
  let hasSent = false;
  const told = await talk("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", (sofar, socket) => {
    if (hasSent || !sofar.includes("half")) return;
    hasSent = true;
    socket.write("no request\r\n\r\n");
  });
  expect(told).toContain("half");
  expect(told).not.toContain("400");
});

it("has the statuses that Node has", () => {
  const statusOf = (code: string) => clientErrorAnswer(code, []).split("\r\n")[0];
  expect(statusOf("HPE_HEADER_OVERFLOW")).toBe("HTTP/1.1 431 Request Header Fields Too Large");
  expect(statusOf("ERR_HTTP_REQUEST_TIMEOUT")).toBe("HTTP/1.1 408 Request Timeout");
  expect(statusOf("HPE_CHUNK_EXTENSIONS_OVERFLOW")).toBe("HTTP/1.1 413 Payload Too Large");
  expect(statusOf("HPE_INVALID_METHOD")).toBe("HTTP/1.1 400 Bad Request");
});
