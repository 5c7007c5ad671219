import { exportDrift } from "@/server/routers/export";

export const dynamic = "force-dynamic";

export const GET = (request: Request) => exportDrift(new URL(request.url).searchParams);
