-- CreateEnum
CREATE TYPE "DriftSeverity" AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL');

-- CreateEnum
CREATE TYPE "DriftVerdict" AS ENUM ('IN_SYNC', 'NOTHING_CHECKABLE', 'ALL_IGNORED', 'PARTIAL', 'DRIFTED');

-- CreateEnum
CREATE TYPE "DriftJobKind" AS ENUM ('STACK', 'RESOURCES');

-- CreateEnum
CREATE TYPE "DriftTrigger" AS ENUM ('MANUAL', 'SCHEDULE');

-- CreateEnum
CREATE TYPE "DriftJobStatus" AS ENUM ('QUEUED', 'DETECTION_IN_PROGRESS', 'DETECTION_COMPLETE', 'DETECTION_FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "ScheduleFrequency" AS ENUM ('OFF', 'DAILY', 'WEEKLY');

-- CreateTable
CREATE TABLE "CloudFormationStack" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "detectionId" TEXT,
    "detectedAt" TIMESTAMPTZ(3),
    "driftStatus" TEXT,
    "verdict" "DriftVerdict",
    "severity" "DriftSeverity",
    "coverage" JSONB,
    "driftedResources" INTEGER,
    "openDifferences" INTEGER,
    "ignoredDifferences" INTEGER,
    "newDifferences" INTEGER,
    "usualMs" INTEGER,

    CONSTRAINT "CloudFormationStack_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DriftDetectionJob" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT,
    "stackId" TEXT,
    "region" TEXT NOT NULL,
    "kind" "DriftJobKind" NOT NULL DEFAULT 'STACK',
    "trigger" "DriftTrigger" NOT NULL DEFAULT 'MANUAL',
    "status" "DriftJobStatus" NOT NULL DEFAULT 'QUEUED',
    "driftDetectionId" TEXT,
    "logicalIds" TEXT[],
    "resourcesDone" INTEGER NOT NULL DEFAULT 0,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failureKind" TEXT,
    "failureReason" TEXT,
    "failureAction" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "completedAt" TIMESTAMPTZ(3),
    "driftStatus" TEXT,
    "verdict" "DriftVerdict",
    "severity" "DriftSeverity",
    "coverage" JSONB,
    "driftedResources" INTEGER,
    "differences" INTEGER,
    "newDifferences" INTEGER,
    "resolved" JSONB,

    CONSTRAINT "DriftDetectionJob_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StackDriftResult" (
    "id" TEXT NOT NULL DEFAULT (gen_random_uuid())::text,
    "tenantId" TEXT NOT NULL,
    "detectionId" TEXT NOT NULL,
    "resourceLogicalId" TEXT NOT NULL,
    "resourceType" TEXT NOT NULL,
    "resourcePhysicalId" TEXT,
    "driftStatus" TEXT NOT NULL,
    "driftStatusReason" TEXT,
    "checkedAt" TIMESTAMPTZ(3),
    "expectedProperties" JSONB,
    "actualProperties" JSONB,
    "propertyDifferences" JSONB NOT NULL DEFAULT '[]',
    "isNew" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "StackDriftResult_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DriftLane" (
    "accountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "cap" INTEGER NOT NULL DEFAULT 3,
    "throttledAt" TIMESTAMPTZ(3),

    CONSTRAINT "DriftLane_pkey" PRIMARY KEY ("accountId","region")
);

-- CreateTable
CREATE TABLE "Schedule" (
    "accountId" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "frequency" "ScheduleFrequency" NOT NULL DEFAULT 'OFF',
    "hour" INTEGER NOT NULL DEFAULT 3,
    "weekday" INTEGER NOT NULL DEFAULT 1,
    "dueAt" TIMESTAMPTZ(3),
    "leaseUntil" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "lastRunAt" TIMESTAMPTZ(3),
    "lastRunStarted" INTEGER,

    CONSTRAINT "Schedule_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "IgnoreRule" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT,
    "stackId" TEXT,
    "resourceType" TEXT,
    "logicalId" TEXT,
    "propertyPath" TEXT,
    "reason" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdByEmail" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "leaseUntil" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "IgnoreRule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CloudFormationStack_tenantId_idx" ON "CloudFormationStack"("tenantId");

-- CreateIndex
CREATE INDEX "CloudFormationStack_accountId_idx" ON "CloudFormationStack"("accountId");

-- CreateIndex
CREATE INDEX "DriftDetectionJob_dueAt_idx" ON "DriftDetectionJob"("dueAt");

-- CreateIndex
CREATE INDEX "DriftDetectionJob_tenantId_completedAt_idx" ON "DriftDetectionJob"("tenantId", "completedAt");

-- CreateIndex
CREATE INDEX "DriftDetectionJob_stackId_createdAt_idx" ON "DriftDetectionJob"("stackId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "DriftDetectionJob_accountId_region_status_idx" ON "DriftDetectionJob"("accountId", "region", "status");

-- CreateIndex
CREATE UNIQUE INDEX "DriftDetectionJob_accountId_driftDetectionId_key" ON "DriftDetectionJob"("accountId", "driftDetectionId");

-- CreateIndex
CREATE INDEX "StackDriftResult_tenantId_idx" ON "StackDriftResult"("tenantId");

-- CreateIndex
CREATE UNIQUE INDEX "StackDriftResult_detectionId_resourceLogicalId_key" ON "StackDriftResult"("detectionId", "resourceLogicalId");

-- CreateIndex
CREATE INDEX "DriftLane_tenantId_idx" ON "DriftLane"("tenantId");

-- CreateIndex
CREATE INDEX "Schedule_tenantId_idx" ON "Schedule"("tenantId");

-- CreateIndex
CREATE INDEX "Schedule_dueAt_idx" ON "Schedule"("dueAt");

-- CreateIndex
CREATE INDEX "IgnoreRule_tenantId_idx" ON "IgnoreRule"("tenantId");

-- CreateIndex
CREATE INDEX "IgnoreRule_dueAt_idx" ON "IgnoreRule"("dueAt");

-- AddForeignKey
ALTER TABLE "CloudFormationStack" ADD CONSTRAINT "CloudFormationStack_id_fkey" FOREIGN KEY ("id") REFERENCES "Resource"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CloudFormationStack" ADD CONSTRAINT "CloudFormationStack_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DriftDetectionJob" ADD CONSTRAINT "DriftDetectionJob_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DriftDetectionJob" ADD CONSTRAINT "DriftDetectionJob_stackId_fkey" FOREIGN KEY ("stackId") REFERENCES "CloudFormationStack"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StackDriftResult" ADD CONSTRAINT "StackDriftResult_detectionId_fkey" FOREIGN KEY ("detectionId") REFERENCES "DriftDetectionJob"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DriftLane" ADD CONSTRAINT "DriftLane_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Schedule" ADD CONSTRAINT "Schedule_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IgnoreRule" ADD CONSTRAINT "IgnoreRule_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IgnoreRule" ADD CONSTRAINT "IgnoreRule_stackId_fkey" FOREIGN KEY ("stackId") REFERENCES "CloudFormationStack"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say ---------------------------------------------------------------------------

-- One live detection a stack: a second click joins the first.
CREATE UNIQUE INDEX "DriftDetectionJob_one_live" ON "DriftDetectionJob" ("stackId")
  WHERE "status" IN ('QUEUED', 'DETECTION_IN_PROGRESS');

GRANT SELECT, INSERT, UPDATE, DELETE ON
  "CloudFormationStack", "DriftDetectionJob", "StackDriftResult", "DriftLane", "Schedule", "IgnoreRule" TO cloudguard_app;

-- Row-level security, forced: it binds the owner too.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY
    ARRAY['CloudFormationStack', 'DriftDetectionJob', 'StackDriftResult', 'DriftLane', 'Schedule', 'IgnoreRule'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I TO cloudguard_app
         USING ("tenantId" = current_setting(''app.tenant'', true))
         WITH CHECK ("tenantId" = current_setting(''app.tenant'', true))',
      tenant_table);
  END LOOP;
END
$$;

-- The system role claims due rows of any tenant: it sees job columns and nothing of the customer's.
GRANT SELECT ("id", "tenantId", "accountId", "region", "status", "priority", "dueAt", "leaseUntil", "fence", "attempts", "createdAt", "startedAt"),
      UPDATE ("dueAt", "leaseUntil", "fence", "startedAt") ON "DriftDetectionJob" TO cloudguard_system;
-- FOR UPDATE asks for the right to update some column.
GRANT SELECT ("accountId", "region", "tenantId", "cap", "throttledAt"), UPDATE ("cap", "throttledAt") ON "DriftLane" TO cloudguard_system;
GRANT SELECT ("accountId", "tenantId", "dueAt", "leaseUntil", "fence"), UPDATE ("leaseUntil", "fence") ON "Schedule" TO cloudguard_system;
GRANT SELECT ("id", "tenantId", "dueAt", "leaseUntil", "fence"), UPDATE ("leaseUntil", "fence") ON "IgnoreRule" TO cloudguard_system;
CREATE POLICY claim ON "DriftDetectionJob" TO cloudguard_system USING (true);
CREATE POLICY claim ON "DriftLane" TO cloudguard_system USING (true);
CREATE POLICY claim ON "Schedule" TO cloudguard_system USING (true);
CREATE POLICY claim ON "IgnoreRule" TO cloudguard_system USING (true);
