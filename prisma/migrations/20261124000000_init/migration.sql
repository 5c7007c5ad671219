-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "SyncTrigger" AS ENUM ('CONNECT', 'MANUAL', 'SCHEDULE');

-- CreateEnum
CREATE TYPE "SyncState" AS ENUM ('RUNNING', 'COMPLETE', 'PARTIAL', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "CellState" AS ENUM ('IDLE', 'QUEUED', 'RUNNING', 'OK', 'FAILED');

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "clerkId" TEXT NOT NULL,
    "email" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExternalId" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMPTZ(3),
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "ExternalId_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AwsAccount" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "roleArn" TEXT NOT NULL,
    "externalIdId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "pausedAt" TIMESTAMPTZ(3),
    "failure" JSONB,
    "failedAt" TIMESTAMPTZ(3),
    "regions" TEXT[],
    "regionsReadAt" TIMESTAMPTZ(3),
    "check" JSONB,
    "checkedAt" TIMESTAMPTZ(3),
    "syncDueAt" TIMESTAMPTZ(3),
    "checkDueAt" TIMESTAMPTZ(3),
    "leaseUntil" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "AwsAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncRun" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "trigger" "SyncTrigger" NOT NULL,
    "state" "SyncState" NOT NULL DEFAULT 'RUNNING',
    "region" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),
    "cellsTotal" INTEGER,
    "cellsFailed" INTEGER NOT NULL DEFAULT 0,
    "resourcesSeen" INTEGER NOT NULL DEFAULT 0,
    "appeared" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "gone" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,

    CONSTRAINT "SyncRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScanCell" (
    "id" TEXT NOT NULL DEFAULT (gen_random_uuid())::text,
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "state" "CellState" NOT NULL DEFAULT 'IDLE',
    "dueAt" TIMESTAMPTZ(3),
    "leaseUntil" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "expectedMs" INTEGER NOT NULL DEFAULT 0,
    "syncRunId" TEXT,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "lastSuccessAt" TIMESTAMPTZ(3),
    "resourceCount" INTEGER,
    "failureKind" TEXT,
    "failureCode" TEXT,
    "failureMessage" TEXT,
    "failureAction" TEXT,
    "tagFailure" JSONB,
    "seen" INTEGER NOT NULL DEFAULT 0,
    "appeared" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "gone" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ScanCell_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Resource" (
    "id" TEXT NOT NULL DEFAULT (gen_random_uuid())::text,
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "cellId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "nativeId" TEXT NOT NULL,
    "arn" TEXT,
    "name" TEXT,
    "sortName" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "state" TEXT,
    "tags" JSONB,
    "facts" JSONB NOT NULL,
    "config" JSONB NOT NULL,
    "searchText" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3),
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastChangedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Resource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResourceRollup" (
    "cellId" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "live" INTEGER NOT NULL,
    "gone" INTEGER NOT NULL,

    CONSTRAINT "ResourceRollup_pkey" PRIMARY KEY ("cellId","region","state")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_clerkId_key" ON "User"("clerkId");

-- CreateIndex
CREATE UNIQUE INDEX "ExternalId_value_key" ON "ExternalId"("value");

-- CreateIndex
CREATE INDEX "ExternalId_tenantId_idx" ON "ExternalId"("tenantId");

-- CreateIndex
CREATE UNIQUE INDEX "AwsAccount_externalIdId_key" ON "AwsAccount"("externalIdId");

-- CreateIndex
CREATE INDEX "AwsAccount_syncDueAt_idx" ON "AwsAccount"("syncDueAt");

-- CreateIndex
CREATE INDEX "AwsAccount_checkDueAt_idx" ON "AwsAccount"("checkDueAt");

-- CreateIndex
CREATE UNIQUE INDEX "AwsAccount_tenantId_awsAccountId_key" ON "AwsAccount"("tenantId", "awsAccountId");

-- CreateIndex
CREATE INDEX "SyncRun_tenantId_accountId_startedAt_idx" ON "SyncRun"("tenantId", "accountId", "startedAt" DESC);

-- CreateIndex
CREATE INDEX "ScanCell_dueAt_idx" ON "ScanCell"("dueAt");

-- CreateIndex
CREATE INDEX "ScanCell_syncRunId_state_idx" ON "ScanCell"("syncRunId", "state");

-- CreateIndex
CREATE INDEX "ScanCell_tenantId_accountId_idx" ON "ScanCell"("tenantId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "ScanCell_accountId_region_type_key" ON "ScanCell"("accountId", "region", "type");

-- CreateIndex
CREATE INDEX "Resource_tenantId_sortName_id_idx" ON "Resource"("tenantId", "sortName", "id");

-- CreateIndex
CREATE INDEX "Resource_tenantId_type_sortName_id_idx" ON "Resource"("tenantId", "type", "sortName", "id");

-- CreateIndex
CREATE INDEX "Resource_tenantId_lastChangedAt_id_idx" ON "Resource"("tenantId", "lastChangedAt", "id");

-- CreateIndex
CREATE INDEX "Resource_tenantId_firstSeenAt_id_idx" ON "Resource"("tenantId", "firstSeenAt", "id");

-- CreateIndex
CREATE INDEX "Resource_tenantId_goneAt_idx" ON "Resource"("tenantId", "goneAt");

-- CreateIndex
CREATE INDEX "Resource_accountId_idx" ON "Resource"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Resource_cellId_nativeId_key" ON "Resource"("cellId", "nativeId");

-- CreateIndex
CREATE INDEX "ResourceRollup_tenantId_idx" ON "ResourceRollup"("tenantId");

-- AddForeignKey
ALTER TABLE "AwsAccount" ADD CONSTRAINT "AwsAccount_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AwsAccount" ADD CONSTRAINT "AwsAccount_externalIdId_fkey" FOREIGN KEY ("externalIdId") REFERENCES "ExternalId"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncRun" ADD CONSTRAINT "SyncRun_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScanCell" ADD CONSTRAINT "ScanCell_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Resource" ADD CONSTRAINT "Resource_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Resource" ADD CONSTRAINT "Resource_cellId_fkey" FOREIGN KEY ("cellId") REFERENCES "ScanCell"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResourceRollup" ADD CONSTRAINT "ResourceRollup_cellId_fkey" FOREIGN KEY ("cellId") REFERENCES "ScanCell"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say ---------------------------------------------------------------------------

-- Search by any part of a name, id or ARN; tags by key and by key and value.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "Resource_searchText_trgm" ON "Resource" USING gin ("searchText" gin_trgm_ops);
CREATE INDEX "Resource_tags_gin" ON "Resource" USING gin ("tags");

-- One live sync an account: a second click joins the first.
CREATE UNIQUE INDEX "SyncRun_one_live" ON "SyncRun" ("accountId") WHERE "finishedAt" IS NULL;

-- Two roles that nobody can log in as. Roles belong to the cluster, so another database may have made them already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cloudguard_app') THEN
    CREATE ROLE cloudguard_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cloudguard_system') THEN
    CREATE ROLE cloudguard_system NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT cloudguard_app, cloudguard_system TO %I', current_user);
EXCEPTION
  -- Two databases of one cluster migrated at once: the other one has made them.
  WHEN duplicate_object OR unique_violation THEN
    EXECUTE format('GRANT cloudguard_app, cloudguard_system TO %I', current_user);
END
$$;

GRANT USAGE ON SCHEMA public TO cloudguard_app, cloudguard_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  "AwsAccount", "SyncRun", "ScanCell", "Resource", "ResourceRollup" TO cloudguard_app;
-- An issued ExternalId is retired and never deleted, so that it can never be issued again.
GRANT SELECT, INSERT, UPDATE ON "ExternalId", "User" TO cloudguard_app;

-- Row-level security, forced: it binds the owner too. Without a tenant set nothing is visible and nothing can be written.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['ExternalId', 'AwsAccount', 'SyncRun', 'ScanCell', 'Resource', 'ResourceRollup'] LOOP
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

-- A person is visible to themselves, and to whoever works in their name (a personal tenant's id is the user's own).
ALTER TABLE "User" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "User" FORCE ROW LEVEL SECURITY;
CREATE POLICY self ON "User" TO cloudguard_app
  USING ("clerkId" = current_setting('app.user', true))
  WITH CHECK ("clerkId" = current_setting('app.user', true));

-- The system role claims due rows of any tenant: it sees job columns and nothing of the customer's.
GRANT SELECT ("id", "tenantId", "syncDueAt", "checkDueAt", "pausedAt", "leaseUntil", "fence", "attempts"),
      UPDATE ("leaseUntil", "fence", "attempts") ON "AwsAccount" TO cloudguard_system;
GRANT SELECT ("id", "tenantId", "accountId", "region", "type", "state", "dueAt", "leaseUntil", "fence", "attempts", "expectedMs", "syncRunId"),
      UPDATE ("state", "dueAt", "leaseUntil", "fence", "attempts", "startedAt") ON "ScanCell" TO cloudguard_system;
CREATE POLICY claim ON "AwsAccount" TO cloudguard_system USING (true);
CREATE POLICY claim ON "ScanCell" TO cloudguard_system USING (true);
