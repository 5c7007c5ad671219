import { triggerDrift } from "@/server/rest/drift";
import { serve } from "@/server/rest/serve";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(triggerDrift);
