import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where schema and migrations lie: beside the process, in the image as in a clone. */
export function prismaFolder(): string {
  const folder = process.env.PRISMA_FOLDER || join(process.cwd(), "prisma");
  if (!existsSync(join(folder, "schema.prisma")))
    throw new Error(`No schema.prisma in ${folder}: run from the project's root or set PRISMA_FOLDER.`);
  return folder;
}
