-- Under row-level security PostgreSQL takes no index for LIKE and for what jsonb contains: these operators are not leakproof, so
-- the policy's own condition has to come first, and a search read every row of the table. A function looks in the indexes
-- instead, as a role whose policy has no condition, and asks for the transaction's tenant itself. It gives ids and nothing else.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cloudguard_search') THEN
    CREATE ROLE cloudguard_search NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT cloudguard_search TO %I', current_user);
EXCEPTION
  -- Two databases of one cluster migrated at once: the other one has made it.
  WHEN duplicate_object OR unique_violation THEN
    EXECUTE format('GRANT cloudguard_search TO %I', current_user);
END
$$;
GRANT SELECT ("id", "tenantId", "searchText", "tags") ON "Resource" TO cloudguard_search;
CREATE POLICY search ON "Resource" FOR SELECT TO cloudguard_search USING (true);

-- Up to `most` ids of the tenant's resources whose search text is like one of `patterns` and whose tags contain `wanted` and
-- have all of `keys`, each where it is given. The statement is planned with the values themselves. Without sequential scans: what is asked
-- for is mostly rare, and where it is not, the limit ends the search early.
CREATE FUNCTION matching_resources(patterns text[], wanted jsonb, keys text[], most integer) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY EXECUTE
    'SELECT "id" FROM "Resource" WHERE "tenantId" = current_setting(''app.tenant'', true)'
    || coalesce(
      ' AND (' || (SELECT string_agg(format('"searchText" LIKE $1[%s]', at), ' OR ') FROM generate_subscripts(patterns, 1) at) || ')', '')
    || CASE WHEN wanted IS NULL THEN '' ELSE ' AND "tags" @> $2' END
    || CASE WHEN keys IS NULL THEN '' ELSE ' AND "tags" ?& $3' END
    || ' LIMIT $4'
    USING patterns, wanted, keys, most;
END
$$;
REVOKE ALL ON FUNCTION matching_resources(text[], jsonb, text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION matching_resources(text[], jsonb, text[], integer) TO cloudguard_app;
-- Only who may create in a schema may own a function there.
GRANT USAGE, CREATE ON SCHEMA public TO cloudguard_search;
ALTER FUNCTION matching_resources(text[], jsonb, text[], integer) OWNER TO cloudguard_search;
REVOKE CREATE ON SCHEMA public FROM cloudguard_search;
-- Nobody else acts as this role: what it sees of other tenants is seen within the function alone.
DO $$ BEGIN EXECUTE format('REVOKE cloudguard_search FROM %I', current_user); END $$;
