import { runCron } from "@/server/jobs/cron";
import { countRefusal } from "@/server/request-context";
import { verbs } from "@/server/rest/verbs";

export const dynamic = "force-dynamic";
export const maxDuration = 60;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = verbs({
  async GET(request, { params }) {
    const job = String((await params)?.job);
    return countRefusal(request, await runCron(job, request.headers.get("authorization")));
  },
});
