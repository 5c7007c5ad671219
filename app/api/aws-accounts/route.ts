import { listAccounts } from "@/server/rest/accounts";
import { serve } from "@/server/rest/serve";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(listAccounts);
