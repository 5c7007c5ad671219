import { allowSilence, disconnect, type TenantId } from "./client";
import { databaseBinds } from "./database-binds";
import { eraseTenant, TIMEOUT_MS } from "./erase-tenant";

const [tenantId, ...flags] = process.argv.slice(2);
if (!tenantId || !flags.includes("--yes")) {
  console.error(
    "This deletes everything stored of a tenant, for good. Name it (the Clerk id of the organisation, org_…, or of the person, user_…) and mean it: npm run db:erase-tenant -- org_… --yes",
  );
  process.exit(1);
}
allowSilence(TIMEOUT_MS);
try {
  await databaseBinds({ patienceMs: 0 });
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
const receipt = await eraseTenant(tenantId as TenantId);
for (const [table, rows] of Object.entries(receipt)) console.log(`${String(rows).padStart(9)}  ${table}`);
await disconnect();
