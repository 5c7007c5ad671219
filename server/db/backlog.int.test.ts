import { beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import { asSuperuser } from "../../tests/harness/synthetic-rows";
import { jobs } from "../jobs/registry";
import { backlog } from "./backlog";
import { claimDriftJobs } from "./claim-drift";

useDatabase();

it("tells of every job that the clock works, by its own name", async () => {
  expect((await backlog()).map(({ job }) => job)).toEqual(Object.keys(jobs).sort());
});

it("tells of ignore rules that have ended and still hide", async () => {
  await asSuperuser(`
    set session_replication_role = replica;
    insert into "IgnoreRule" ("id", "tenantId", "propertyPath", "reason", "createdBy", "dueAt")
    values ('rule', 'org_a', '/Tags', 'noise', 'user_a', now() - interval '2 minutes')`);
  expect((await backlog()).find(({ job }) => job === "ignoreRules")).toEqual({
    job: "ignoreRules",
    due: 1,
    overdueSeconds: expect.closeTo(120, -1) as number,
  });
});

describe("detections", () => {
  beforeEach(() => asSuperuser(`truncate "DriftLane", "DriftDetectionJob" cascade`));

  /** Detections of one region that run, since `runningFor` and looked at `lookedAt` ago, and others that have waited there for an hour. */
  async function lane({ running = 0, runningFor = "1 minute", lookedAt = "5 seconds", waiting = 0, cap = 3 }) {
    // Without its triggers: the account and the stacks are of no matter here.
    await asSuperuser(`
      set session_replication_role = replica;
      insert into "DriftLane" ("accountId", "region", "tenantId", "cap") values ('account', 'eu-west-1', 'org_a', ${cap});
      insert into "DriftDetectionJob" ("id", "tenantId", "accountId", "stackId", "region", "status", "startedAt", "holdsPlaceUntil", "dueAt")
      select 'running' || n, 'org_a', 'account', 'running' || n, 'eu-west-1', 'DETECTION_IN_PROGRESS',
        now() - interval '${runningFor}', now() + interval '1 hour', now() - interval '${lookedAt}' + interval '5 seconds' from generate_series(1, ${running}) n;
      insert into "DriftDetectionJob" ("id", "tenantId", "accountId", "stackId", "region", "dueAt")
      select 'waiting' || n, 'org_a', 'account', 'waiting' || n, 'eu-west-1', now() - interval '1 hour' from generate_series(1, ${waiting}) n`);
    const { due, overdueSeconds } = (await backlog()).find(({ job }) => job === "drift")!;
    return { due, overdueSeconds };
  }
  const about = (seconds: number) => expect.closeTo(seconds, -1) as number;

  it("are not late while they wait for others of their account and region", async () => {
    expect(await lane({ running: 3, lookedAt: "0 seconds", waiting: 297 })).toEqual({ due: 0, overdueSeconds: 0 });
  });

  it("are late since their lane has room, and no more of them than it has room for", async () => {
    expect(await lane({ running: 2, lookedAt: "0 seconds", waiting: 298 })).toEqual({
      due: 1,
      overdueSeconds: about(60),
    });
  });

  it("are late since they are due where nothing runs: nobody works", async () => {
    expect(await lane({ waiting: 300 })).toEqual({ due: 3, overdueSeconds: about(3600) });
  });

  it("are late where those that run are not looked at", async () => {
    expect(await lane({ running: 3, lookedAt: "20 minutes", waiting: 297 })).toEqual({
      due: 3,
      overdueSeconds: about(1200),
    });
  });

  it("count as many as a worker would begin", async () => {
    const { due } = await lane({ waiting: 9, cap: 2 });
    expect(await claimDriftJobs(20)).toHaveLength(due);
  });
});
