import { newRequestId } from "../context";
import { openApiDocument } from "./openapi";
import { verbs } from "./verbs";

/** The handlers of `/api/openapi.json`: for anybody, as it holds nobody's data. */
export const serveDocument = () =>
  verbs(
    {
      GET: () =>
        Promise.resolve(
          Response.json(openApiDocument(process.env.APP_URL || "/"), { headers: { "X-Request-Id": newRequestId() } }),
        ),
    },
    { cors: true },
  );
