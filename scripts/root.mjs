import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Reads `.env` into the environment; what the shell set stays. Ends the process with a sentence where it is no file that we can read. */
export function loadDotEnv() {
  const file = path.join(root, ".env");
  if (!existsSync(file)) return;
  try {
    readFileSync(file); // Node's own reader does not say why it could not
    process.loadEnvFile(file);
  } catch (error) {
    console.error(`The settings in .env cannot be read: ${error.message}`);
    process.exit(1);
  }
}
