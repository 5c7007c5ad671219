import { serveNothing } from "@/server/rest/serve";

/** Every path of the API that is not there, its root too: an answer that programs can read, and no page. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serveNothing();
