import { exportCosts } from "@/server/routers/export";

export const dynamic = "force-dynamic";

export const GET = (request: Request) => exportCosts(new URL(request.url).searchParams);
