import { exportResources } from "@/server/routers/export";

export const dynamic = "force-dynamic";

export const GET = (request: Request) => exportResources(new URL(request.url).searchParams);
