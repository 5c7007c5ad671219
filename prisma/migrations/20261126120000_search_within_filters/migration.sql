-- A list in the order of type, region or state read and sorted every row of the tenant for each page.
CREATE INDEX "Resource_tenantId_type_id_idx" ON "Resource"("tenantId", "type", "id");
CREATE INDEX "Resource_tenantId_region_id_idx" ON "Resource"("tenantId", "region", "id");
CREATE INDEX "Resource_state_order" ON "Resource" ("tenantId", (coalesce("state", '')), "id");

-- The search looks in its indexes by every condition of the filter, and no longer by the search and the tags alone: what they had in
-- common with a rare state was else looked for row by row, and counted so once more. The function of before stays for processes of
-- the version before, which serve on while this one is deployed.
GRANT SELECT ("cellId", "accountId", "region", "type", "state", "goneAt") ON "Resource" TO cloudguard_search;

-- Up to `most` ids of the tenant's resources that meet every condition which is given (null where it is not): whose search text is like
-- one of `patterns`, whose tags contain `wanted` and have all of `keys`, that belong to one of `cells`, and so on. `present` is live,
-- gone or all. The statement is planned with the values themselves. Without sequential scans: what is asked for is mostly rare, and
-- where it is not, the limit ends the search early.
CREATE FUNCTION matching_resources(
  patterns text[], wanted jsonb, keys text[], cells text[], accounts text[], regions text[], types text[], states text[],
  present text, most integer
) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY EXECUTE
    'SELECT "id" FROM "Resource" WHERE "tenantId" = current_setting(''app.tenant'', true)'
    || coalesce(
      ' AND (' || (SELECT string_agg(format('"searchText" LIKE $1[%s]', at), ' OR ') FROM generate_subscripts(patterns, 1) at) || ')', '')
    || CASE WHEN wanted IS NULL THEN '' ELSE ' AND "tags" @> $2' END
    || CASE WHEN keys IS NULL THEN '' ELSE ' AND "tags" ?& $3' END
    || CASE WHEN cells IS NULL THEN '' ELSE ' AND "cellId" = ANY($4)' END
    || CASE WHEN accounts IS NULL THEN '' ELSE ' AND "accountId" = ANY($5)' END
    || CASE WHEN regions IS NULL THEN '' ELSE ' AND "region" = ANY($6)' END
    || CASE WHEN types IS NULL THEN '' ELSE ' AND "type" = ANY($7)' END
    || CASE WHEN states IS NULL THEN '' ELSE ' AND coalesce("state", '''') = ANY($8)' END
    || CASE present WHEN 'live' THEN ' AND "goneAt" IS NULL' WHEN 'gone' THEN ' AND "goneAt" IS NOT NULL' ELSE '' END
    || ' LIMIT $9'
    USING patterns, wanted, keys, cells, accounts, regions, types, states, most;
END
$$;
REVOKE ALL ON FUNCTION matching_resources(text[], jsonb, text[], text[], text[], text[], text[], text[], text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION matching_resources(text[], jsonb, text[], text[], text[], text[], text[], text[], text, integer) TO cloudguard_app;
-- Only who may create in a schema may own a function there, and only who may act as a role may give it one.
DO $$ BEGIN EXECUTE format('GRANT cloudguard_search TO %I', current_user); END $$;
GRANT USAGE, CREATE ON SCHEMA public TO cloudguard_search;
ALTER FUNCTION matching_resources(text[], jsonb, text[], text[], text[], text[], text[], text[], text, integer) OWNER TO cloudguard_search;
REVOKE CREATE ON SCHEMA public FROM cloudguard_search;
-- Nobody else acts as this role: what it sees of other tenants is seen within the function alone.
DO $$ BEGIN EXECUTE format('REVOKE cloudguard_search FROM %I', current_user); END $$;
