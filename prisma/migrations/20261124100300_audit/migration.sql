-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "clerkUserId" TEXT NOT NULL,
    "email" TEXT,
    "action" TEXT NOT NULL,
    "targetId" TEXT,
    "target" TEXT,
    "detail" JSONB NOT NULL,
    "requestId" TEXT NOT NULL,
    "address" TEXT,
    "userAgent" TEXT,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AuditEvent_tenantId_at_id_idx" ON "AuditEvent"("tenantId", "at" DESC, "id" DESC);

-- CreateTable
-- Unlogged: a count of the last minute is worth no write-ahead log, and starts anew after a crash.
CREATE UNLOGGED TABLE "RateLimit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- What was done can be added and read, and never changed: there is no UPDATE and no DELETE to grant.
GRANT SELECT, INSERT ON "AuditEvent" TO cloudguard_app;
ALTER TABLE "AuditEvent" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "AuditEvent" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "AuditEvent" TO cloudguard_app
  USING ("tenantId" = current_setting('app.tenant', true))
  WITH CHECK ("tenantId" = current_setting('app.tenant', true));

-- Limits are counted before anybody is a tenant, by the login itself: it is a member of the system role.
GRANT SELECT, INSERT, UPDATE, DELETE ON "RateLimit" TO cloudguard_system;
