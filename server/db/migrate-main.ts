import { onceItAnswers } from "./database-binds";
import { migrate } from "./migrate";

const url = process.env.DATABASE_URL;
if (!url) fail("DATABASE_URL is not set: say which database to migrate.");
try {
  const applied = await onceItAnswers(() => migrate(url));
  console.log(applied.length > 0 ? `Applied ${applied.join(", ")}.` : "The database is up to date.");
  process.exit(0);
} catch (error) {
  fail((error as Error).message);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
