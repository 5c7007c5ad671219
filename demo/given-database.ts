import pg from "pg";
import { exemptLogin } from "../server/db/client";
import { onceItAnswers } from "../server/db/database-binds";

/** Throws a sentence where the person's own database does not let us in, or where row-level security would not bind us: before anything is written. */
export function checkGivenDatabase(connectionString: string): Promise<void> {
  return onceItAnswers(
    async () => {
      const client = new pg.Client({ connectionString });
      await client.connect();
      try {
        const { rows } = await client.query<{ name: string; exempt: boolean }>(
          "select rolname as name, rolsuper or rolbypassrls as exempt from pg_roles where rolname = current_user",
        );
        if (rows[0]?.exempt) throw exemptLogin(rows[0].name);
      } finally {
        await client.end();
      }
    },
    { patienceMs: 0 },
  );
}
