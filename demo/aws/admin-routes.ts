import { z } from "zod";
import type { CallLedger } from "./calls";
import { changeLive, liveChangeShape } from "./change-live";
import { costTruth } from "./cost-truth";
import { faultShape, type Faults } from "./faults";
import type { Identities } from "./identities";
import type { Kept } from "./kept";
import { mutate } from "./mutate";
import { truth } from "./truth";
import type { World } from "./world";

export interface AdminParts {
  world: () => World;
  identities: Identities;
  kept: Kept;
  faults: Faults;
  calls: CallLedger;
  /** The signing names of what is simulated. */
  services: string[];
  /** Makes everything as it was at the start. */
  reset: () => void;
}

export interface Asked {
  /** What follows the endpoint's name in the path. */
  id: string | undefined;
  query: URLSearchParams;
  /** The body by its shape; throws what becomes a 400. */
  read: <T>(shape: z.ZodType<T>) => T;
}

/** By method and the path's part after `/_sim/`. */
export type Routes = Record<string, (asked: Asked) => unknown>;

/** What was asked for cannot be done; the message says why. */
export class AdminError extends Error {
  constructor(
    readonly status: 400 | 404,
    message: string,
  ) {
    super(message);
  }
}

export const accountId = z.string().regex(/^\d{12}$/, "must be twelve digits");

/** The truth, the ledger of calls, faults, and changes to the world. */
export function adminRoutes({ world, faults, calls, services, reset }: AdminParts): Routes {
  const changed = (change: () => void) => {
    try {
      change();
    } catch (error) {
      // It throws for what the request names wrongly, and for nothing else; a wrong shape is told by its own error.
      throw error instanceof Error && !(error instanceof z.ZodError) ? new AdminError(404, error.message) : error;
    }
    return { serial: world().serial };
  };
  return {
    "GET health": () => ({ status: "ok" }),
    "GET truth": () => truth(world()),
    "GET costs": () => costTruth(world()),
    "GET accounts": () => [...world().accounts.values()].map(({ id, name }) => ({ id, name })),
    "GET calls": ({ query }) => {
      const list = calls.list();
      if (query.get("reset")) calls.clear();
      return list;
    },
    "POST reset": () => {
      reset();
      return { reset: true };
    },
    "GET faults": () => faults.list(),
    "POST faults": ({ read }) => {
      const fault = read(faultShape);
      // A fault that no call can ever meet would make a test pass for nothing.
      if (fault.service !== undefined && !services.includes(fault.service))
        throw new AdminError(400, `${fault.service} is not simulated; these are: ${services.join(", ")}.`);
      return { id: faults.add(fault) };
    },
    "DELETE faults": ({ id }) => {
      if (id === undefined) faults.clear();
      else if (!faults.remove(id)) throw new AdminError(404, `No fault has the id ${id}.`);
      return { removed: true };
    },
    "POST mutate": ({ read }) => changed(() => mutate(world(), read(mutationShape))),
    "POST drift": ({ read }) => changed(() => changeLive(world(), read(liveChangeShape))),
    "POST days": ({ read }) => {
      world().daysPassed += read(daysShape).days;
      return { daysPassed: world().daysPassed };
    },
    "POST terminate": ({ read }) => {
      const { account, region, instanceId } = read(instanceShape);
      const place = world().accounts.get(account)?.regions.get(region);
      const left = place?.instances.filter(({ InstanceId }) => InstanceId !== instanceId) ?? [];
      const removed = (place?.instances.length ?? 0) - left.length;
      if (place) place.instances = left;
      return { removed };
    },
  };
}

const mutationShape = z.strictObject({
  account: accountId,
  region: z.string(),
  type: z.string(),
  nativeId: z.string(),
  action: z.enum(["terminate", "delete", "tag", "copy"]),
  tags: z.record(z.string(), z.string()).optional(),
});

/** So many days pass for Cost Explorer: what it had estimated is restated. */
const daysShape = z.strictObject({ days: z.number().int().min(1).max(60) });

const instanceShape = z.strictObject({ account: accountId, region: z.string(), instanceId: z.string() });
