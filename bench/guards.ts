/**
 * Takes each guard out in turn, in a copy of the project, and runs the test that should notice. A guard that can be taken out with
 * its test still green guards nothing. `npm run bench -- guards` tries all of them, `npm run bench -- guards F8` those of one goal.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

interface Guard {
  goal: string;
  name: string;
  file: string;
  /** What stands there, and what is put in its place. */
  out: [from: string, to: string];
  test: string;
  project: "unit" | "integration";
  /** The test's name, where the file has many. */
  only?: string;
}

const guards: Guard[] = [
  {
    goal: "F1",
    name: "an unknown id is NOT_FOUND",
    file: "server/accounts/queries.ts",
    out: ['if (!account) throw notFound("This account");', "if (!account) throw notFound(accountId);"],
    test: "server/routers/isolation.int.test.ts",
    project: "integration",
    only: "accounts.byId",
  },
  {
    goal: "F2",
    name: "row-level security is forced on the audit log",
    file: "prisma/migrations/20261124100300_audit/migration.sql",
    out: ['ALTER TABLE "AuditEvent" ENABLE ROW LEVEL SECURITY;', ""],
    test: "server/db/row-security.int.test.ts",
    project: "integration",
  },
  {
    goal: "F2",
    name: "the application's role may not change the audit log",
    file: "prisma/migrations/20261124100300_audit/migration.sql",
    out: ['GRANT SELECT, INSERT ON "AuditEvent"', 'GRANT SELECT, INSERT, UPDATE, DELETE ON "AuditEvent"'],
    test: "server/db/row-security.int.test.ts",
    project: "integration",
  },
  {
    goal: "F4",
    name: "a function's environment is dropped",
    file: "server/aws/collectors/lambda-function.ts",
    out: ["Environment: _secret, ", ""],
    test: "server/canaries.int.test.ts",
    project: "integration",
  },
  {
    goal: "F6",
    name: "calls that cost are counted",
    file: "server/request-context.ts",
    out: ["if (!drawn.isExceeded) return;", "if (drawn) return;"],
    test: "server/trpc.int.test.ts",
    project: "integration",
    only: "the allowance",
  },
  {
    goal: "F6",
    name: "replicas share their counts",
    file: "server/rate-limit.ts",
    out: ["keyPrefix: allowance", "keyPrefix: `${allowance}${process.pid}`"],
    test: "server/rate-limit.int.test.ts",
    project: "integration",
    only: "three processes",
  },
  {
    goal: "F7",
    name: "scripts run by their nonce alone",
    file: "server/content-security-policy.ts",
    out: ["\"'strict-dynamic'\"", "\"'unsafe-inline'\""],
    test: "server/content-security-policy.test.ts",
    project: "unit",
  },
  {
    goal: "F7",
    name: "a nonce is fresh each time",
    file: "middleware.ts",
    out: ["const nonce = newNonce();", 'const nonce = "always-the-same";'],
    test: "middleware.test.ts",
    project: "unit",
  },
  {
    goal: "F8",
    name: "disconnecting is written down",
    file: "server/accounts/service.ts",
    out: [
      'await record(tx, ctx, { action: "accounts.disconnect", targetId: accountId, target: called(before), detail });',
      "void detail;",
    ],
    test: "server/audit/mutations.int.test.ts",
    project: "integration",
    only: "accounts.disconnect",
  },
  {
    goal: "F9",
    name: "text that PostgreSQL cannot hold is refused",
    file: "server/plain-text.ts",
    out: ["if (isPlain(input)) return;", "if (isPlain(input) || input) return;"],
    test: "server/routers/inputs.int.test.ts",
    project: "integration",
    only: "accounts.byId",
  },
  {
    goal: "F10",
    name: "a token for another site is refused",
    file: "middleware.ts",
    out: ["authorizedParties: ownOrigins(request.headers, process.env.APP_URL),", ""],
    test: "middleware.test.ts",
    project: "unit",
  },
  {
    goal: "CSRF",
    name: "a page of another site changes nothing",
    file: "server/trpc.ts",
    out: ["  .use(askedByOurselves)\n", ""],
    test: "server/trpc.int.test.ts",
    project: "integration",
    only: "another site",
  },
  {
    goal: "401",
    name: "whoever is not signed in is refused",
    file: "server/trpc.ts",
    out: ["  .use(signedIn)\n", ""],
    test: "server/trpc.int.test.ts",
    project: "integration",
    only: "not signed in",
  },
  {
    goal: "roles",
    name: "a member may not do what admins do",
    file: "server/trpc.ts",
    out: ["if (!ctx.isAdmin)", "if (!ctx)"],
    test: "server/trpc.int.test.ts",
    project: "integration",
    only: "a member of an organisation",
  },
  {
    goal: "role name",
    name: "only roles that CloudGuard may assume are taken",
    file: "server/accounts/role-arn.ts",
    out: ["if (!roleName.startsWith(PREFIX))", "if (!roleName)"],
    test: "server/accounts/role-arn.test.ts",
    project: "unit",
  },
];

const root = path.resolve(import.meta.dirname, "..");
const [wanted] = process.argv.slice(2);
const copy = copyOfTheProject();
const results = [];
try {
  for (const guard of guards.filter(({ goal }) => !wanted || goal === wanted)) {
    const { goal, name } = guard;
    const result = withoutIt(guard);
    results.push({ goal, name, ...result });
    console.log(`${result.wasNoticed ? "✓ red" : "✗ GREEN"}  ${goal}  ${name}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
const unnoticed = results.filter(({ wasNoticed }) => !wasNoticed).length;
console.log(JSON.stringify({ bench: "guards", guards: results.length, unnoticed, results }));
process.exitCode = unnoticed > 0 || results.length === 0 ? 1 : 0;

/** Every file that git lists or would, with the installed packages and the generated client beside them. */
function copyOfTheProject(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-guards-"));
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  for (const file of listed.split("\0").filter(Boolean)) cpSync(path.join(root, file), path.join(folder, file));
  cpSync(path.join(root, "server/db/generated"), path.join(folder, "server/db/generated"), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  return folder;
}

function withoutIt({ file, out: [from, to], test, project, only }: Guard): { wasNoticed: boolean; seconds: number } {
  const target = path.join(copy, file);
  const whole = readFileSync(target, "utf8");
  if (whole.split(from).length !== 2)
    throw new Error(`${file} does not have “${from}” once: say here where the guard is.`);
  writeFileSync(
    target,
    whole.replace(from, () => to),
  );
  const started = performance.now();
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", project, test, ...(only ? ["-t", only] : [])];
  const { status, stdout } = spawnSync(process.execPath, [...args, "--reporter=json"], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, LOG_LEVEL: "fatal" },
    maxBuffer: 1e9,
  });
  writeFileSync(target, whole);
  // Red because an assertion failed, and not because nothing could be run.
  const failed = Number(/"numFailedTests":(\d+)/.exec(stdout)?.[1] ?? 0);
  return { wasNoticed: status !== 0 && failed > 0, seconds: Math.round((performance.now() - started) / 1000) };
}
