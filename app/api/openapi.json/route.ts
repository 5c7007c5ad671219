import { serveDocument } from "@/server/rest/document";

export const dynamic = "force-dynamic";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serveDocument();
