import { connectAws, deleteAccount, getAccount, issueExternalId, listAccounts } from "./accounts";
import { costSummary, costTrends } from "./cost";
import { getDriftJob, listStacks, triggerDrift } from "./drift";
import type { Endpoint } from "./endpoint";
import { countResources, listResources } from "./resources";

/** Every endpoint of the API, in the reference's order. */
export const endpoints: Endpoint[] = [
  issueExternalId,
  connectAws,
  listAccounts,
  getAccount,
  deleteAccount,
  countResources,
  listResources,
  listStacks,
  triggerDrift,
  getDriftJob,
  costSummary,
  costTrends,
];
