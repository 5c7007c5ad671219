import { LEASE_SECONDS } from "./claim";
import { asSystem, type SystemTx, type TenantId } from "./client";
import { Prisma } from "./generated/client";

export interface ClaimedDriftJob {
  id: string;
  tenantId: TenantId;
  accountId: string;
  region: string;
  fence: number;
  attempts: number;
  /** When a worker first took it up: now, for one that has waited until now. */
  startedAt: Date;
}

/** Two or three detections at a time are what CloudFormation takes well in one region of one account; it publishes no number. */
const MOST_AT_ONCE = 3;
/** They are begun one after another: with more of them in a batch a detection that is over would wait for its look. */
const BEGUN_A_BATCH = 4;
/** After a throttle the lane widens again by one in so many minutes. */
const WIDENS_AFTER_MINUTES = 10;

/**
 * Leases due drift jobs: those that AWS runs first, then as many queued ones as their account and region have room for, the
 * urgent first. Among the former are some that have ended here: AWS is asked whether it has ended them too. `only` narrows it to
 * these jobs, for whoever has just asked for one.
 */
export function claimDriftJobs(limit: number, only?: string[]): Promise<ClaimedDriftJob[]> {
  const wanted = only ? Prisma.sql`and j."id" = any(${only})` : Prisma.empty;
  return asSystem(async (tx) => {
    const running = await tx.$queryRaw<ClaimedDriftJob[]>`
      update "DriftDetectionJob" set ${leased} where "id" in (
        select j."id" from "DriftDetectionJob" j where j."status" <> 'QUEUED' and ${isDue} ${wanted}
        order by j."dueAt" limit ${limit} for update skip locked)
      returning ${claimed}`;
    const room = Math.min(limit - running.length, BEGUN_A_BATCH);
    return room > 0 ? [...running, ...(await claimQueued(tx, room, wanted))] : running;
  });
}

/**
 * The lanes are locked first, and counted by a second statement that sees what others committed before: two workers at once
 * must not both find the same room.
 */
async function claimQueued(tx: SystemTx, limit: number, wanted: Prisma.Sql): Promise<ClaimedDriftJob[]> {
  const lanes = await tx.$queryRaw<{ accountId: string; region: string }[]>`
    select l."accountId", l."region" from "DriftLane" l where exists (
      select 1 from "DriftDetectionJob" j
      where j."accountId" = l."accountId" and j."region" = l."region" and j."status" = 'QUEUED' and ${isDue} ${wanted})
    for update skip locked`;
  if (lanes.length === 0) return [];
  return tx.$queryRaw<ClaimedDriftJob[]>`
    with lane as (
      select l."accountId", l."region", ${room} as room
      from "DriftLane" l
      join jsonb_to_recordset(${JSON.stringify(lanes)}::jsonb) as mine("accountId" text, "region" text)
        on mine."accountId" = l."accountId" and mine."region" = l."region"),
    waiting as (
      select j."id", lane.room, ${turn(Prisma.sql`j."priority" desc, j."createdAt", j."id"`)} as turn
      from "DriftDetectionJob" j join lane on lane."accountId" = j."accountId" and lane."region" = j."region"
      where j."status" = 'QUEUED' and ${isDue} ${wanted})
    update "DriftDetectionJob" set ${leased}, "startedAt" = coalesce("startedAt", now()), "holdsPlaceUntil" = now() + ${PLACE_KEPT}
    where "id" in (select "id" from waiting where turn <= room order by turn limit ${limit})
    returning ${claimed}`;
}

/** Keeps the leases of steps that are still going on. */
export async function renewDriftJobs(jobs: { id: string; fence: number }[]): Promise<void> {
  if (jobs.length === 0) return;
  await asSystem(
    (tx) => tx.$executeRaw`
      update "DriftDetectionJob" j set "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})
      from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) as held(id text, fence int)
      where j."id" = held.id and j."fence" = held.fence and j."leaseUntil" is not null`,
  );
}

/** Hands a job back that was claimed and not worked on, so that the next worker need not wait for the lease. */
export async function releaseDriftJob({ id, fence }: { id: string; fence: number }): Promise<void> {
  await asSystem(
    (tx) =>
      tx.$executeRaw`update "DriftDetectionJob" set "leaseUntil" = null where "id" = ${id} and "fence" = ${fence}`,
  );
}

/** How many detections the lane `l` takes at a time now. */
export const laneCap = Prisma.sql`least(${MOST_AT_ONCE}::int, l."cap" + coalesce(floor(extract(epoch from now() - l."throttledAt") / ${WIDENS_AFTER_MINUTES * 60}), 0)::int)`;

/**
 * How long a place is kept for what AWS may still be running and nobody has seen end: AWS names no limit, and what takes an hour
 * is given up.
 */
export const PLACE_KEPT = Prisma.sql`interval '1 hour'`;

/** Whether AWS may be running job `r` now. */
const holdsPlace = Prisma.sql`(r."holdsPlaceUntil" is not null and (r."status" = 'DETECTION_IN_PROGRESS' or r."holdsPlaceUntil" > now()))`;

/** For how many more detections lane `l` has room now. AWS runs one of a stack at a time, however many were asked for. */
const room = Prisma.sql`
  greatest(0, ${laneCap} - (select count(distinct r."stackId")::int from "DriftDetectionJob" r
     where r."accountId" = l."accountId" and r."region" = l."region" and ${holdsPlace}))`;

/** When queued job `j` has its turn, in the given order: at once where it has its place already, as AWS has been asked before. */
const turn = (order: Prisma.Sql) => Prisma.sql`
  case when j."holdsPlaceUntil" > now() then 0 else row_number() over (
    partition by j."accountId", j."region", coalesce(j."holdsPlaceUntil" > now(), false) order by ${order}) end`;

const isDue = Prisma.sql`j."dueAt" <= now() and (j."leaseUntil" is null or j."leaseUntil" < now())`;
const leased = Prisma.sql`"leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS}), "fence" = "fence" + 1`;
const claimed = Prisma.sql`"id", "tenantId", "accountId", "region", "fence", "attempts", "startedAt"`;

/**
 * The jobs that a worker would claim now, and since when: what is queued waits for nobody but workers once its lane has room, which
 * it has had since the last detection there was begun at the earliest.
 */
export const claimable = Prisma.sql`
  select j."dueAt" as since from "DriftDetectionJob" j where j."status" <> 'QUEUED' and ${isDue}
  union all
  select since from (
    select greatest(j."dueAt", lane."begunAt") as since, lane.room,
      ${turn(Prisma.sql`j."dueAt"`)} as turn
    from "DriftDetectionJob" j join (
      select l."accountId", l."region", ${room} as room,
        (select max(r."startedAt") from "DriftDetectionJob" r
         where r."accountId" = l."accountId" and r."region" = l."region" and r."status" = 'DETECTION_IN_PROGRESS') as "begunAt"
      from "DriftLane" l where exists (
        select 1 from "DriftDetectionJob" j
        where j."accountId" = l."accountId" and j."region" = l."region" and j."status" = 'QUEUED' and ${isDue})) lane
      on lane."accountId" = j."accountId" and lane."region" = j."region"
    where j."status" = 'QUEUED' and ${isDue}) waiting
  where turn <= room`;

export interface ClaimedSchedule {
  accountId: string;
  tenantId: TenantId;
  fence: number;
}

/** Leases up to `limit` accounts whose scheduled detections are due. */
export function claimSchedules(limit: number): Promise<ClaimedSchedule[]> {
  return asSystem(
    (tx) => tx.$queryRaw<ClaimedSchedule[]>`
      update "Schedule" set ${leased} where "accountId" in (
        select j."accountId" from "Schedule" j where ${isDue} order by j."dueAt" limit ${limit} for update skip locked)
      returning "accountId", "tenantId", "fence"`,
  );
}

export interface ClaimedRule {
  id: string;
  tenantId: TenantId;
  fence: number;
}

/** Leases up to `limit` ignore rules that have ended and whose differences count again. */
export function claimEndedRules(limit: number): Promise<ClaimedRule[]> {
  return asSystem(
    (tx) => tx.$queryRaw<ClaimedRule[]>`
      update "IgnoreRule" set ${leased} where "id" in (
        select j."id" from "IgnoreRule" j where ${isDue} order by j."dueAt" limit ${limit} for update skip locked)
      returning "id", "tenantId", "fence"`,
  );
}
