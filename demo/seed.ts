/** Connects the demo user's accounts and works their first syncs and detections, through the product's own rooms. Safe to run again. */
import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { accountById, listAccounts } from "../server/accounts/queries";
import { rolePolicies } from "../server/accounts/role-policy";
import { beginConnection, connectAccount } from "../server/accounts/service";
import { newRequestId, type RoomContext } from "../server/context";
import { disconnect, type TenantId } from "../server/db/client";
import { jobById } from "../server/drift/detections";
import { stackListInput } from "../server/drift/filter";
import { triggerMany } from "../server/drift/service";
import { listStacks } from "../server/drift/stacks";
import { tick } from "../server/jobs/tick";
import { ORGANIZATIONS, USERS, type DemoOrganization, type DemoUser } from "./clerk/identities";
import { workFirstSyncs } from "./first-syncs";

/** The organisation's fifth account, 400000000004, is left for the visitor to connect. */
const connectedAtFirst = ["100000000001", "123456789012", "200000000002", "300000000003"];
/** What the organisation of both users has of its own, by a second role in an account that the demo user has too. */
const teamAccount = { awsAccountId: "200000000002", roleName: "CloudGuardTeamRole" };
/** What the role of an account may not read. */
const lacks: Record<string, string[]> = { "300000000003": ["rds:Describe*"] };
/** Syncs end by themselves, also where a region throttles: longer only takes a machine that is busy with much else. */
const FIRST_SYNCS_MS = 600_000;
const FIRST_DETECTIONS_MS = 15_000;

const aws = process.env.AWS_ENDPOINT_URL;
if (!aws) throw new Error("AWS_ENDPOINT_URL is not set: the demo's accounts exist in the simulated AWS alone.");

// What is connected already has its roles, also where the simulation has lost its file.
const tenants = [...USERS.map(contextOf), ...ORGANIZATIONS.map(teamContextOf)];
for (const ctx of tenants) for (const { id } of await listAccounts(ctx)) await restoreRole(ctx, id);
const [owner] = USERS;
if (owner) await connectAll(contextOf(owner));
// Last, and read by the worker once the demo serves: nobody waits for it.
for (const organization of ORGANIZATIONS) await connectTeam(teamContextOf(organization));
const { SEEDED_FILE, SEEDED_DATABASE } = process.env;
if (SEEDED_FILE && SEEDED_DATABASE) writeFileSync(SEEDED_FILE, SEEDED_DATABASE);
await disconnect();
process.exit(0);

/** Ends the seeding where an account is not read in time: the demo does not open on a page of accounts that nobody has read. */
async function connectAll(ctx: RoomContext): Promise<void> {
  const connected = new Set((await listAccounts(ctx)).map(({ awsAccountId }) => awsAccountId));
  const names = new Map(
    (await call<{ id: string; name: string }[]>("GET", "/_sim/accounts")).map(({ id, name }) => [id, name]),
  );
  for (const awsAccountId of connectedAtFirst.filter((id) => !connected.has(id))) {
    const { externalIdId, externalId } = await beginConnection(ctx, {
      awsAccountId,
      name: names.get(awsAccountId) ?? awsAccountId,
      region: "us-east-1",
    });
    const roleArn = await putRole(awsAccountId, externalId);
    await connectAccount(ctx, { externalIdId, roleArn });
    console.log(`Connected ${names.get(awsAccountId)} (${awsAccountId}).`);
  }
  const unread = await workFirstSyncs(ctx, { awsAccountIds: connectedAtFirst, budgetMs: FIRST_SYNCS_MS });
  if (unread.length > 0) {
    const within = `${FIRST_SYNCS_MS / 1000} seconds`;
    console.error(`\nNot read within ${within}: ${unread.join(", ")}. Start the demo again: it goes on from there.`);
    process.exit(1);
  }
  await workFirstDetections(ctx);
}

async function connectTeam(ctx: RoomContext): Promise<void> {
  if ((await listAccounts(ctx)).length > 0) return;
  const { awsAccountId, roleName } = teamAccount;
  const { externalIdId, externalId } = await beginConnection(ctx, {
    awsAccountId,
    name: "Staging",
    region: "us-east-1",
  });
  await connectAccount(ctx, { externalIdId, roleArn: await putRole(awsAccountId, externalId, roleName) });
}

/** What AWS says has drifted is detected once, so that its differences can be looked at; the rest is left for the visitor. */
async function workFirstDetections(ctx: RoomContext): Promise<void> {
  const filter = { driftStatuses: ["DRIFTED", "UNKNOWN"], verdicts: ["DRIFTED", "UNVERIFIED"] };
  const { rows } = await listStacks(ctx, stackListInput.parse({ filter, isFolded: false, limit: 100 }));
  const unseen = rows.filter(({ drift, eligibility }) => drift.source === "inventory" && eligibility.isEligible);
  if (unseen.length === 0) return;
  const { started } = await triggerMany(ctx, { stackIds: unseen.map(({ id }) => id) });
  console.log(`Detecting drift in ${started.length} stacks.`);
  // What is not over by then, the worker finishes.
  const deadline = performance.now() + FIRST_DETECTIONS_MS;
  while (performance.now() < deadline) {
    await tick({ budgetMs: deadline - performance.now() });
    const jobs = await Promise.all(started.map(({ jobId }) => jobById(ctx, { jobId })));
    if (jobs.every(({ completedAt }) => completedAt)) return;
    await delay(200);
  }
}

async function restoreRole(ctx: RoomContext, accountId: string): Promise<void> {
  const { awsAccountId, roleArn, externalId } = await accountById(ctx, { accountId });
  await putRole(awsAccountId, externalId, roleArn.split("/").at(-1));
}

async function putRole(account: string, externalId: string, roleName = "CloudGuardMonitoringRole"): Promise<string> {
  const policies = rolePolicies({ awsAccountId: account, roleName }).map(({ name, document }) => ({ name, document }));
  const { roleArn } = await call<{ roleArn: string }>("POST", "/_sim/roles", {
    account,
    roleName,
    externalId,
    policies,
    lacks: lacks[account],
  });
  return roleArn;
}

/** A personal tenant, as a session of that user would be given. */
function contextOf({ id, email }: DemoUser): RoomContext {
  return { tenantId: id as TenantId, clerkUserId: id, requestId: newRequestId(), email: () => Promise.resolve(email) };
}

/** The organisation's tenant, as a session of its first admin would be given. */
function teamContextOf({ id, members }: DemoOrganization): RoomContext {
  const admin = USERS.find((user) => user.id === members.find(({ role }) => role === "admin")?.userId);
  if (!admin) throw new Error(`${id} has no admin among the demo's users`);
  return { ...contextOf(admin), tenantId: id as TenantId };
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(aws + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
