import { serveReadiness } from "@/server/rest/health";

export const dynamic = "force-dynamic";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serveReadiness();
