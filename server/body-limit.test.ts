import { describe, expect, it } from "vitest";
import { bodyWithin } from "./body-limit";

const post = (body: BodyInit) =>
  new Request("http://localhost/", {
    method: "POST",
    body,
    headers: { "x-kept": "yes" },
    duplex: "half",
  } as RequestInit);
/** Without a length to go by, as a chunked body comes. */
const endless = (chunks: number) =>
  new ReadableStream<Uint8Array>({
    pull(controller) {
      if (chunks-- > 0) controller.enqueue(new Uint8Array(100));
      else controller.close();
    },
  });

describe("bodyWithin", () => {
  it("hands on what fits, with its headers", async () => {
    const request = await bodyWithin(post("0123456789"), 10);
    expect(await request?.text()).toBe("0123456789");
    expect(request?.headers.get("x-kept")).toBe("yes");
  });

  it("refuses what is one byte too long", async () => expect(await bodyWithin(post("0123456789."), 10)).toBeNull());

  it("stops reading a body that does not say its length", async () => {
    expect(await bodyWithin(post(endless(10)), 1000)).not.toBeNull();
    expect(await bodyWithin(post(endless(Infinity)), 1000)).toBeNull();
  });

  it("leaves a request without a body as it is", async () => {
    const request = new Request("http://localhost/");
    expect(await bodyWithin(request, 1)).toBe(request);
  });
});
