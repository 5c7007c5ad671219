-- CreateTable
CREATE TABLE "Upkeep" (
    "id" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Upkeep_pkey" PRIMARY KEY ("id")
);


-- What Prisma's schema language cannot say ---------------------------------------------------------------------------

-- The row is the job: of the installation, not of a tenant.
INSERT INTO "Upkeep" ("id") VALUES ('daily');
GRANT SELECT, UPDATE ON "Upkeep" TO cloudguard_system;

-- Numbers of what is watched, for the operator's metrics.
GRANT SELECT ("resourceCount", "lastSuccessAt") ON "ScanCell" TO cloudguard_system;

-- A third role that nobody can log in as: it deletes what its time has passed for, and a tenant that leaves.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cloudguard_upkeep') THEN
    CREATE ROLE cloudguard_upkeep NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT cloudguard_upkeep TO %I', current_user);
EXCEPTION
  -- Two databases of one cluster migrated at once: the other one has made it.
  WHEN duplicate_object OR unique_violation THEN
    EXECUTE format('GRANT cloudguard_upkeep TO %I', current_user);
END
$$;
GRANT USAGE ON SCHEMA public TO cloudguard_upkeep;

-- Lets upkeep find and delete the rows of a tenant-owned table: by tenant, id and time, and of nothing else. A migration that
-- adds such a table calls this for it.
CREATE FUNCTION let_upkeep_delete(tenant_table regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  readable text;
BEGIN
  SELECT string_agg(quote_ident(attname), ', ') INTO readable FROM pg_attribute
  WHERE attrelid = tenant_table AND attnum > 0 AND NOT attisdropped
    AND (attname IN ('id', 'tenantId') OR atttypid IN ('timestamptz'::regtype, 'date'::regtype));
  EXECUTE format('GRANT DELETE, SELECT (%s) ON %s TO cloudguard_upkeep', readable, tenant_table);
  EXECUTE format(
    'CREATE POLICY upkeep ON %s TO cloudguard_upkeep
       USING (coalesce(current_setting(''app.tenant'', true), '''') IN ('''', "tenantId"))',
    tenant_table);
END
$$;

SELECT let_upkeep_delete(c.oid) FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenantId' AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p');

-- A personal tenant's id is the person's own.
GRANT DELETE, SELECT ("id", "clerkId") ON "User" TO cloudguard_upkeep;
CREATE POLICY upkeep ON "User" TO cloudguard_upkeep USING ("clerkId" = current_setting('app.tenant', true));

-- Deletes every row of the tenant that is set, from every table that has a tenantId: the catalogue names them, so that none is
-- forgotten. Returns how many rows each held. Tables that others refer to are tried again after those.
CREATE FUNCTION erase_tenant() RETURNS TABLE (erased_from text, row_count bigint) LANGUAGE plpgsql AS $$
DECLARE
  waiting text[];
  later text[];
BEGIN
  IF coalesce(current_setting('app.tenant', true), '') = '' THEN
    RAISE EXCEPTION 'erase_tenant: no tenant is set';
  END IF;
  SELECT array_agg(c.relname::text ORDER BY c.relname) INTO waiting FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenantId' AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition;
  -- Before the first deletion, as one table's rows go with another's.
  FOREACH erased_from IN ARRAY waiting LOOP
    EXECUTE format('SELECT count(*) FROM %I WHERE "tenantId" = current_setting(''app.tenant'')', erased_from) INTO row_count;
    RETURN NEXT;
  END LOOP;
  WHILE cardinality(waiting) > 0 LOOP
    later := '{}';
    FOREACH erased_from IN ARRAY waiting LOOP
      BEGIN
        EXECUTE format('DELETE FROM %I WHERE "tenantId" = current_setting(''app.tenant'')', erased_from);
      EXCEPTION WHEN foreign_key_violation THEN
        later := later || erased_from;
      END;
    END LOOP;
    IF cardinality(later) = cardinality(waiting) THEN
      RAISE EXCEPTION 'erase_tenant: rows of % are still referred to', array_to_string(later, ', ');
    END IF;
    waiting := later;
  END LOOP;
  erased_from := 'User';
  row_count := 0;
  BEGIN
    DELETE FROM "User" WHERE "clerkId" = current_setting('app.tenant');
    GET DIAGNOSTICS row_count = ROW_COUNT;
  EXCEPTION WHEN foreign_key_violation THEN
    NULL; -- the person also connected accounts of an organisation, which keeps them
  END;
  RETURN NEXT;
END
$$;
REVOKE ALL ON FUNCTION let_upkeep_delete(regclass), erase_tenant() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_tenant() TO cloudguard_upkeep;
