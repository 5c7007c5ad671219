-- The W3C traceparent of the click that a sync, a detection or a refresh was begun by, so that the work of another process belongs to its trace.
ALTER TABLE "SyncRun" ADD COLUMN "traceparent" TEXT;
ALTER TABLE "DriftDetectionJob" ADD COLUMN "traceparent" TEXT;
ALTER TABLE "CostRefresh" ADD COLUMN "traceparent" TEXT;
