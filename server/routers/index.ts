import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { createCallerFactory, router } from "../trpc";
import { accountsRouter } from "./accounts";
import { auditRouter } from "./audit";
import { costRouter } from "./cost";
import { driftRouter } from "./drift";
import { resourcesRouter } from "./resources";

export const appRouter = router({
  accounts: accountsRouter,
  resources: resourcesRouter,
  drift: driftRouter,
  cost: costRouter,
  audit: auditRouter,
});

/** Calls the routers in this process, with everything that a request would go through. */
export const createCaller = createCallerFactory(appRouter);

export type AppRouter = typeof appRouter;
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;
