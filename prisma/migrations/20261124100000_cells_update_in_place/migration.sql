-- A scan cell is written several times a sync, and mostly no resource with it. PostgreSQL does such an update in place,
-- without a new entry in each of the table's indexes (a heap-only tuple), where no indexed column changes and the page has
-- room. So what a sync changes has no index: due cells are found by their account's live run, of which there is one.
DROP INDEX "ScanCell_dueAt_idx";
DROP INDEX "ScanCell_syncRunId_state_idx";
ALTER TABLE "ScanCell" SET (fillfactor = 50);

-- Whoever claims cells reads which runs are live, and nothing else of them.
GRANT SELECT ("id", "tenantId", "accountId", "finishedAt") ON "SyncRun" TO cloudguard_system;
CREATE POLICY claim ON "SyncRun" TO cloudguard_system USING (true);
