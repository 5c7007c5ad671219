import { onceItAnswers } from "./database-binds";
import { migrate } from "./migrate";

const url = process.env.DATABASE_URL;
if (!url) {
  console.error("DATABASE_URL is not set: say which database to migrate.");
  process.exit(1);
}
const applied = await onceItAnswers(() => migrate(url));
console.log(applied.length > 0 ? `Applied ${applied.join(", ")}.` : "The database is up to date.");
process.exit(0);
