/** F6: a thousand calls at once over all web processes, and how many of them were let. */
import { bearerOf, type Replica } from "./installation";

export interface Flood {
  calls: number;
  limit: number;
  allowed: number;
  refused: number;
  /** Neither served nor refused for its allowance. */
  other: number;
  seconds: number;
  /** Never more than the limit, and not fewer either; all within one minute of the allowance. */
  passes: boolean;
}

interface Caller {
  /** Nobody is signed in where there is none: the answer is 401 then, as long as it is let. */
  userId?: string;
  organization?: string;
  address: string;
}

/** Each call is made as whoever `callerOf` names; `limit` binds them all together. */
export async function flood(web: Replica[], limit: number, callerOf: (call: number) => Caller): Promise<Flood> {
  const calls = 1_000;
  // Signed before, so that the calls come at once.
  const requests = Array.from({ length: calls }, (_, call) => {
    const { userId, organization, address } = callerOf(call);
    const headers = { ...(userId && bearerOf(userId, organization)), "x-forwarded-for": address };
    return { url: `${web[call % web.length]!.origin}/api/aws-accounts`, headers };
  });
  const startedAt = performance.now();
  const statuses = await Promise.all(
    requests.map(async ({ url, headers }) => {
      const answer = await fetch(url, { headers });
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const allowed = statuses.filter((status) => status === 200 || status === 401).length;
  const refused = statuses.filter((status) => status === 429).length;
  const other = calls - allowed - refused;
  return { calls, limit, allowed, refused, other, seconds, passes: allowed === limit && other === 0 && seconds < 60 };
}
