-- CreateEnum
CREATE TYPE "CostGrouping" AS ENUM ('SERVICE_ACCOUNT', 'SERVICE_REGION', 'ACCOUNT_REGION');

-- CreateEnum
CREATE TYPE "CostOutcome" AS ENUM ('READ', 'COVERED', 'CAPPED', 'FAILED');

-- CreateEnum
CREATE TYPE "ForecastSource" AS ENUM ('AWS', 'LOCAL');

-- CreateEnum
CREATE TYPE "BudgetScope" AS ENUM ('ALL', 'ACCOUNT', 'SERVICE');

-- CreateTable
CREATE TABLE "CostEntry" (
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "grouping" "CostGrouping" NOT NULL,
    "date" DATE NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "amount" DECIMAL(20,10) NOT NULL,
    "amortized" DECIMAL(20,10) NOT NULL,
    "unit" TEXT NOT NULL,

    CONSTRAINT "CostEntry_pkey" PRIMARY KEY ("accountId","grouping","date","awsAccountId","service","region")
);

-- CreateTable
CREATE TABLE "CostSummary" (
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "startDate" DATE NOT NULL,
    "endDate" DATE NOT NULL,
    "granularity" TEXT NOT NULL,
    "totalAmount" DECIMAL(20,10) NOT NULL,
    "amortizedAmount" DECIMAL(20,10) NOT NULL,
    "unit" TEXT NOT NULL,
    "topServices" JSONB NOT NULL,

    CONSTRAINT "CostSummary_pkey" PRIMARY KEY ("accountId","awsAccountId","startDate","granularity")
);

-- CreateTable
CREATE TABLE "CostDay" (
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "isEstimated" BOOLEAN NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CostDay_pkey" PRIMARY KEY ("accountId","date")
);

-- CreateTable
CREATE TABLE "CostLinked" (
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "name" TEXT,
    "isOwn" BOOLEAN NOT NULL,
    "firstDay" DATE NOT NULL,
    "lastDay" DATE NOT NULL,

    CONSTRAINT "CostLinked_pkey" PRIMARY KEY ("accountId","awsAccountId")
);

-- CreateTable
CREATE TABLE "CostRestatement" (
    "id" TEXT NOT NULL DEFAULT (gen_random_uuid())::text,
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "service" TEXT NOT NULL,
    "was" DECIMAL(20,10) NOT NULL,
    "amount" DECIMAL(20,10) NOT NULL,
    "wasAmortized" DECIMAL(20,10) NOT NULL,
    "amortized" DECIMAL(20,10) NOT NULL,
    "restatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CostRestatement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CostRefresh" (
    "accountId" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "leaseUntil" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "progress" JSONB,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "lastSuccessAt" TIMESTAMPTZ(3),
    "outcome" "CostOutcome",
    "failure" JSONB,
    "capUsd" DECIMAL(10,2) NOT NULL DEFAULT 5,

    CONSTRAINT "CostRefresh_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "CostPage" (
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "page" INTEGER NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "CostPage_pkey" PRIMARY KEY ("accountId","step","page")
);

-- CreateTable
CREATE TABLE "CostLedger" (
    "id" TEXT NOT NULL DEFAULT (gen_random_uuid())::text,
    "tenantId" TEXT NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "operation" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "requests" INTEGER NOT NULL,
    "dollars" DECIMAL(10,2) NOT NULL,
    "failureCode" TEXT,

    CONSTRAINT "CostLedger_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Forecast" (
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "source" "ForecastSource" NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "madeOn" DATE NOT NULL,
    "days" JSONB NOT NULL,
    "monthEnd" JSONB,

    CONSTRAINT "Forecast_pkey" PRIMARY KEY ("accountId","source","awsAccountId","madeOn")
);

-- CreateTable
CREATE TABLE "Budget" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scope" "BudgetScope" NOT NULL,
    "awsAccountId" TEXT,
    "service" TEXT,
    "amount" DECIMAL(20,10) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Budget_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Dismissal" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "firstDay" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "clerkUserId" TEXT NOT NULL,
    "dismissedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Dismissal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CostEntry_tenantId_grouping_date_idx" ON "CostEntry"("tenantId", "grouping", "date");

-- CreateIndex
CREATE INDEX "CostSummary_tenantId_startDate_idx" ON "CostSummary"("tenantId", "startDate");

-- CreateIndex
CREATE INDEX "CostDay_tenantId_idx" ON "CostDay"("tenantId");

-- CreateIndex
CREATE INDEX "CostLinked_tenantId_awsAccountId_idx" ON "CostLinked"("tenantId", "awsAccountId");

-- CreateIndex
CREATE INDEX "CostRestatement_tenantId_date_idx" ON "CostRestatement"("tenantId", "date");

-- CreateIndex
CREATE INDEX "CostRestatement_accountId_idx" ON "CostRestatement"("accountId");

-- CreateIndex
CREATE INDEX "CostRefresh_dueAt_idx" ON "CostRefresh"("dueAt");

-- CreateIndex
CREATE INDEX "CostRefresh_tenantId_idx" ON "CostRefresh"("tenantId");

-- CreateIndex
CREATE INDEX "CostPage_tenantId_idx" ON "CostPage"("tenantId");

-- CreateIndex
CREATE INDEX "CostLedger_tenantId_askedAt_id_idx" ON "CostLedger"("tenantId", "askedAt" DESC, "id");

-- CreateIndex
CREATE INDEX "CostLedger_tenantId_awsAccountId_askedAt_idx" ON "CostLedger"("tenantId", "awsAccountId", "askedAt");

-- CreateIndex
CREATE INDEX "Forecast_tenantId_madeOn_idx" ON "Forecast"("tenantId", "madeOn");

-- CreateIndex
CREATE INDEX "Budget_tenantId_idx" ON "Budget"("tenantId");

-- CreateIndex
CREATE UNIQUE INDEX "Dismissal_tenantId_awsAccountId_service_firstDay_key" ON "Dismissal"("tenantId", "awsAccountId", "service", "firstDay");

-- AddForeignKey
ALTER TABLE "CostEntry" ADD CONSTRAINT "CostEntry_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CostSummary" ADD CONSTRAINT "CostSummary_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CostDay" ADD CONSTRAINT "CostDay_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CostLinked" ADD CONSTRAINT "CostLinked_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CostRestatement" ADD CONSTRAINT "CostRestatement_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CostRefresh" ADD CONSTRAINT "CostRefresh_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CostPage" ADD CONSTRAINT "CostPage_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Forecast" ADD CONSTRAINT "Forecast_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say ---------------------------------------------------------------------------

-- Accounts that were connected before costs were read are due at once. Their table shows its owner no row while row-level
-- security is forced on it; no other transaction sees it unforced, as this one holds its lock to the end.
ALTER TABLE "AwsAccount" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "CostRefresh" ("accountId", "tenantId", "dueAt") SELECT "id", "tenantId", now() FROM "AwsAccount";
ALTER TABLE "AwsAccount" FORCE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, UPDATE, DELETE ON
  "CostEntry", "CostSummary", "CostDay", "CostLinked", "CostRestatement", "CostRefresh", "CostPage", "Forecast", "Budget",
  "Dismissal" TO cloudguard_app;
-- What was spent is not undone.
GRANT SELECT, INSERT, UPDATE ON "CostLedger" TO cloudguard_app;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['CostEntry', 'CostSummary', 'CostDay', 'CostLinked', 'CostRestatement', 'CostRefresh',
    'CostPage', 'CostLedger', 'Forecast', 'Budget', 'Dismissal'] LOOP
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

GRANT SELECT ("accountId", "tenantId", "dueAt", "leaseUntil", "fence", "attempts"),
      UPDATE ("leaseUntil", "fence", "attempts") ON "CostRefresh" TO cloudguard_system;
CREATE POLICY claim ON "CostRefresh" TO cloudguard_system USING (true);
