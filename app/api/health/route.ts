import { health } from "@/server/health";

export const dynamic = "force-dynamic";

export const GET = async () => {
  const { isHealthy, ...body } = await health();
  return Response.json(body, { status: isHealthy ? 200 : 503 });
};
