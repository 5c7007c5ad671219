/** An answer in JSON that nobody keeps. */
export function json(body: unknown, { status = 200, cookie }: { status?: number; cookie?: string } = {}): Response {
  const headers = new Headers({ "content-type": "application/json", "cache-control": "no-store" });
  if (cookie) headers.append("set-cookie", cookie);
  return new Response(JSON.stringify(body), { status, headers });
}

/** A refusal in the form that Clerk's components show; `field` is the form's field that it stands at. */
export function refusal(status: number, code: string, message: string, field?: string): Response {
  return json(
    {
      errors: [{ code, message, long_message: message, meta: field ? { param_name: field } : {} }],
      clerk_trace_id: "local",
    },
    { status },
  );
}
