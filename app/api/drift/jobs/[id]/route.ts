import { getDriftJob } from "@/server/rest/drift";
import { serve } from "@/server/rest/serve";

/** On Vercel a tick may follow the answer. */
export const maxDuration = 60;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(getDriftJob);
