-- The tags of a region as its sync read them, for every process that works on that sync. Not logged: they are read again after
-- a crash, and a backup needs none of them.
CREATE UNLOGGED TABLE "TagSweep" (
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "syncRunId" TEXT NOT NULL,
    "leaseUntil" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "swept" JSON,

    CONSTRAINT "TagSweep_pkey" PRIMARY KEY ("accountId", "region")
);

-- CreateIndex
CREATE INDEX "TagSweep_tenantId_idx" ON "TagSweep"("tenantId");

-- AddForeignKey
ALTER TABLE "TagSweep" ADD CONSTRAINT "TagSweep_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "AwsAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say ---------------------------------------------------------------------------

GRANT SELECT, INSERT, UPDATE, DELETE ON "TagSweep" TO cloudguard_app;
ALTER TABLE "TagSweep" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "TagSweep" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "TagSweep" TO cloudguard_app
  USING ("tenantId" = current_setting('app.tenant', true))
  WITH CHECK ("tenantId" = current_setting('app.tenant', true));
SELECT let_upkeep_delete('"TagSweep"');
