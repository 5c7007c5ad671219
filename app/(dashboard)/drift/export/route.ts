import { verbs } from "@/server/rest/verbs";
import { exportDrift } from "@/server/routers/export";

export const dynamic = "force-dynamic";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = verbs({
  GET: (request) => exportDrift(new URL(request.url).searchParams),
});
