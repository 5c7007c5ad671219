import { costSummary } from "@/server/rest/cost";
import { serve } from "@/server/rest/serve";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(costSummary);
