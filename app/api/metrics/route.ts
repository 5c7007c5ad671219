import { scrape } from "@/server/metrics-scrape";
import { countRefusal } from "@/server/request-context";
import { verbs } from "@/server/rest/verbs";

export const dynamic = "force-dynamic";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = verbs({
  GET: async (request) => countRefusal(request, await scrape(request.headers.get("authorization"))),
});
