import { runCron } from "@/server/jobs/cron";

export const dynamic = "force-dynamic";
export const maxDuration = 60;

export const GET = async (request: Request, { params }: { params: Promise<{ job: string }> }) =>
  runCron((await params).job, request.headers.get("authorization"));
