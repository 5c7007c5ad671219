-- What was found by its cell's first complete read was there before; only what came later has appeared.
ALTER TABLE "Resource" ADD COLUMN "appearedAt" TIMESTAMPTZ(3);

-- What an overview asks: what appeared, what changed. Partial, so that a first sync's rows have no place in them.
CREATE INDEX "Resource_appeared" ON "Resource" ("tenantId", "appearedAt") WHERE "appearedAt" IS NOT NULL;
CREATE INDEX "Resource_changed" ON "Resource" ("tenantId", "lastChangedAt") WHERE "lastChangedAt" > "firstSeenAt";
