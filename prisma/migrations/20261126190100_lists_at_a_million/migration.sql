-- Of the index by when a resource went every row had a place, and few are gone. Lists of what is gone look at those alone: by any filter,
-- and in the order of names.
DROP INDEX "Resource_tenantId_goneAt_idx";
CREATE INDEX "Resource_gone" ON "Resource" (
  "tenantId", "goneAt", "type", "region", "accountId", (CASE WHEN "state" IS NULL THEN '' ELSE "state" END)
) WHERE "goneAt" IS NOT NULL;
CREATE INDEX "Resource_gone_order" ON "Resource" ("tenantId", "sortName", "id") WHERE "goneAt" IS NOT NULL;

-- PostgreSQL does not hold coalesce() for leakproof: under row-level security it took no index to find a state by. A CASE is taken.
DROP INDEX "Resource_state_order";
CREATE INDEX "Resource_state_order" ON "Resource" ("tenantId", (CASE WHEN "state" IS NULL THEN '' ELSE "state" END), "id");

-- The search as before, planned otherwise. Under row-level security, also where its policy has no condition, PostgreSQL knows nothing of how
-- many rows a search or a tag finds. So it took whatever index promised `most` rows soonest, and read a million rows for a
-- search that finds nothing. Now every condition is looked up in its index, all at once (no index scans), without a LIMIT that
-- makes a bad plan look cheap; the loop ends the search instead. The memory is for remembering each row found by itself: where it
-- does not suffice, whole pages are, and each of their rows is read again.
DO $$ BEGIN EXECUTE format('GRANT cloudguard_search TO %I', current_user); END $$;
GRANT USAGE, CREATE ON SCHEMA public TO cloudguard_search;
CREATE OR REPLACE FUNCTION matching_resources(
  patterns text[], wanted jsonb, keys text[], cells text[], accounts text[], regions text[], types text[], states text[],
  present text, most integer
) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public
SET enable_seqscan = off SET enable_indexscan = off SET work_mem = '32MB' AS $$
DECLARE
  found_id text;
  found_count integer := 0;
BEGIN
  FOR found_id IN EXECUTE
    'SELECT "id" FROM "Resource" WHERE "tenantId" = current_setting(''app.tenant'', true)'
    || coalesce(
      ' AND (' || (SELECT string_agg(format('"searchText" LIKE $1[%s]', at), ' OR ') FROM generate_subscripts(patterns, 1) at) || ')', '')
    || CASE WHEN wanted IS NULL THEN '' ELSE ' AND "tags" @> $2' END
    || CASE WHEN keys IS NULL THEN '' ELSE ' AND "tags" ?& $3' END
    || CASE WHEN cells IS NULL THEN '' ELSE ' AND "cellId" = ANY($4)' END
    || CASE WHEN accounts IS NULL THEN '' ELSE ' AND "accountId" = ANY($5)' END
    || CASE WHEN regions IS NULL THEN '' ELSE ' AND "region" = ANY($6)' END
    || CASE WHEN types IS NULL THEN '' ELSE ' AND "type" = ANY($7)' END
    || CASE WHEN states IS NULL THEN '' ELSE ' AND CASE WHEN "state" IS NULL THEN '''' ELSE "state" END = ANY($8)' END
    || CASE present WHEN 'live' THEN ' AND "goneAt" IS NULL' WHEN 'gone' THEN ' AND "goneAt" IS NOT NULL' ELSE '' END
    USING patterns, wanted, keys, cells, accounts, regions, types, states
  LOOP
    RETURN NEXT found_id;
    found_count := found_count + 1;
    EXIT WHEN found_count >= most;
  END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA public FROM cloudguard_search;
-- Nobody else acts as this role: what it sees of other tenants is seen within the function alone.
DO $$ BEGIN EXECUTE format('REVOKE cloudguard_search FROM %I', current_user); END $$;
