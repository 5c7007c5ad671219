-- Every refresh's forecast is kept, not the day's last alone, and its days in less room. Those that are there were made some time on their
-- day: its first moment stands for it.
ALTER TABLE "Forecast" ADD COLUMN "madeAt" TIMESTAMPTZ(3);

-- Row-level security is forced upon the owner, who rewrites here what all tenants have.
ALTER TABLE "Forecast" NO FORCE ROW LEVEL SECURITY;
UPDATE "Forecast" SET "madeAt" = "madeOn"::timestamp AT TIME ZONE 'UTC', "days" = (
  SELECT jsonb_build_object(
    'from', min(d->>'day'),
    'mean', coalesce(jsonb_agg(d->'mean' ORDER BY d->>'day'), '[]'),
    'low', coalesce(jsonb_agg(d->'low' ORDER BY d->>'day'), '[]'),
    'high', coalesce(jsonb_agg(d->'high' ORDER BY d->>'day'), '[]'))
  FROM jsonb_array_elements("days") d);
ALTER TABLE "Forecast" FORCE ROW LEVEL SECURITY;

DROP INDEX "Forecast_tenantId_madeOn_idx";
ALTER TABLE "Forecast" DROP CONSTRAINT "Forecast_pkey",
  ALTER COLUMN "madeAt" SET NOT NULL,
  DROP COLUMN "madeOn",
  ADD CONSTRAINT "Forecast_pkey" PRIMARY KEY ("accountId","source","awsAccountId","madeAt");

-- CreateEnum
CREATE TYPE "ForecastOf" AS ENUM ('DAY', 'MONTH_END');

-- CreateTable
CREATE TABLE "ForecastScore" (
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "source" "ForecastSource" NOT NULL,
    "of" "ForecastOf" NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "judgedAt" TIMESTAMPTZ(3) NOT NULL,
    "judged" INTEGER NOT NULL,
    "pending" INTEGER NOT NULL,
    "hitRate" DOUBLE PRECISION,
    "wape" DOUBLE PRECISION,

    CONSTRAINT "ForecastScore_pkey" PRIMARY KEY ("accountId","source","of","awsAccountId")
);

-- CreateIndex
CREATE INDEX "Forecast_tenantId_awsAccountId_madeAt_idx" ON "Forecast"("tenantId", "awsAccountId", "madeAt");

-- CreateIndex
CREATE INDEX "ForecastScore_tenantId_awsAccountId_idx" ON "ForecastScore"("tenantId", "awsAccountId");

-- AddForeignKey
ALTER TABLE "ForecastScore" ADD CONSTRAINT "ForecastScore_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say ---------------------------------------------------------------------------

GRANT SELECT, INSERT, UPDATE, DELETE ON "ForecastScore" TO cloudguard_app;
ALTER TABLE "ForecastScore" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ForecastScore" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "ForecastScore" TO cloudguard_app
  USING ("tenantId" = current_setting('app.tenant', true))
  WITH CHECK ("tenantId" = current_setting('app.tenant', true));
SELECT let_upkeep_delete('"ForecastScore"');
GRANT SELECT ("madeAt") ON "Forecast" TO cloudguard_upkeep;
