import { scrape } from "@/server/metrics-scrape";

export const dynamic = "force-dynamic";

export const GET = (request: Request) => scrape(request.headers.get("authorization"));
