import { verbs } from "@/server/rest/verbs";
import { exportCosts } from "@/server/routers/export";

export const dynamic = "force-dynamic";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = verbs({
  GET: (request) => exportCosts(new URL(request.url).searchParams),
});
