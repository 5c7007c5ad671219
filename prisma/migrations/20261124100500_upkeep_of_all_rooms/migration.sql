-- What its time has passed for goes oldest first, over all tenants: also of one that has no account any more.
CREATE INDEX "AuditEvent_at_idx" ON "AuditEvent"("at");
CREATE INDEX "CostLedger_askedAt_idx" ON "CostLedger"("askedAt");

-- The audit log and the ledger are the app role's to add to and never to delete from: upkeep alone may, by tenant and time.
-- It holds both rights and both policies from the migration that made the role.

-- Numbers of how fresh what is watched is, for the operator's metrics.
GRANT SELECT ("lastSuccessAt") ON "CostRefresh" TO cloudguard_system;
