import { countResources } from "@/server/rest/resources";
import { serve } from "@/server/rest/serve";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(countResources);
