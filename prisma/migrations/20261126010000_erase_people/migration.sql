-- A tenant that leaves takes along the people whom nothing refers to any more, and its counts of the last minute.

GRANT SELECT ("userId") ON "AwsAccount" TO cloudguard_upkeep;
DROP POLICY upkeep ON "User";
CREATE POLICY upkeep ON "User" TO cloudguard_upkeep USING (true);
GRANT DELETE, SELECT ("key") ON "RateLimit" TO cloudguard_upkeep;

-- Deletes every row of the tenant that is set, from every table that has a tenantId: the catalogue names them, so that none is
-- forgotten. Returns how many rows each held. Tables that others refer to are tried again after those.
CREATE OR REPLACE FUNCTION erase_tenant() RETURNS TABLE (erased_from text, row_count bigint) LANGUAGE plpgsql AS $$
DECLARE
  leaving text := coalesce(current_setting('app.tenant', true), '');
  waiting text[];
  later text[];
  person text;
BEGIN
  IF leaving = '' THEN
    RAISE EXCEPTION 'erase_tenant: no tenant is set';
  END IF;
  SELECT array_agg(c.relname::text ORDER BY c.relname) INTO waiting FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenantId' AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition;
  -- Before the first deletion, as one table's rows go with another's.
  FOREACH erased_from IN ARRAY waiting LOOP
    EXECUTE format('SELECT count(*) FROM %I WHERE "tenantId" = $1', erased_from) INTO row_count USING leaving;
    RETURN NEXT;
  END LOOP;
  WHILE cardinality(waiting) > 0 LOOP
    later := '{}';
    FOREACH erased_from IN ARRAY waiting LOOP
      BEGIN
        EXECUTE format('DELETE FROM %I WHERE "tenantId" = $1', erased_from) USING leaving;
      EXCEPTION WHEN foreign_key_violation THEN
        later := later || erased_from;
      END;
    END LOOP;
    IF cardinality(later) = cardinality(waiting) THEN
      RAISE EXCEPTION 'erase_tenant: rows of % are still referred to', array_to_string(later, ', ');
    END IF;
    waiting := later;
  END LOOP;
  -- prefix:user:id and prefix:tenant:id
  erased_from := 'RateLimit';
  DELETE FROM "RateLimit" WHERE split_part("key", ':', 3) = leaving;
  GET DIAGNOSTICS row_count = ROW_COUNT;
  RETURN NEXT;
  -- Who connected accounts, and has none in any tenant now: also those whose accounts were disconnected before. All tenants' accounts
  -- must be seen for that. A person is made again with the next account.
  erased_from := 'User';
  row_count := 0;
  PERFORM set_config('app.tenant', '', true);
  FOR person IN SELECT u."id" FROM "User" u WHERE NOT EXISTS (SELECT FROM "AwsAccount" a WHERE a."userId" = u."id") LOOP
    BEGIN
      DELETE FROM "User" WHERE "id" = person;
      row_count := row_count + 1;
    EXCEPTION WHEN foreign_key_violation THEN
      NULL; -- they have just connected one
    END;
  END LOOP;
  PERFORM set_config('app.tenant', leaving, true);
  RETURN NEXT;
END
$$;
