-- CreateTable
CREATE TABLE "AccountRollup" (
    "accountId" TEXT NOT NULL,
    "dimension" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "live" INTEGER NOT NULL,
    "gone" INTEGER NOT NULL,
    "cells" INTEGER NOT NULL,
    "cellsRead" INTEGER NOT NULL,
    "cellsCounted" INTEGER NOT NULL,
    "cellsFailing" INTEGER NOT NULL,
    "cellsUntagged" INTEGER NOT NULL,
    "asOf" TIMESTAMPTZ(3),

    CONSTRAINT "AccountRollup_pkey" PRIMARY KEY ("accountId","dimension","value")
);

-- CreateIndex
CREATE INDEX "AccountRollup_tenantId_idx" ON "AccountRollup"("tenantId");

-- AddForeignKey
ALTER TABLE "AccountRollup" ADD CONSTRAINT "AccountRollup_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say ---------------------------------------------------------------------------

GRANT SELECT, INSERT, UPDATE, DELETE ON "AccountRollup" TO cloudguard_app;
ALTER TABLE "AccountRollup" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "AccountRollup" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "AccountRollup" TO cloudguard_app
  USING ("tenantId" = current_setting('app.tenant', true))
  WITH CHECK ("tenantId" = current_setting('app.tenant', true));
SELECT let_upkeep_delete('"AccountRollup"');
