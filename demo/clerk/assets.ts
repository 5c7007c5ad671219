import { readFile } from "node:fs/promises";
import path from "node:path";
import { refusal } from "./answers";

/** One of Clerk's browser bundles, by the path that Clerk's loader asks for. Names with a slash or `..` match nothing. */
export async function answerAsset(requested: string, folder: string): Promise<Response> {
  const [, bundle, file] = /^npm\/@clerk\/(clerk-js|ui)@[^/]+\/dist\/([\w-][\w.-]*\.js)$/.exec(requested) ?? [];
  if (!bundle || !file) return refusal(404, "not_found", "There is no such file.");
  try {
    const content = await readFile(path.join(folder, bundle, file));
    return new Response(new Uint8Array(content), {
      headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "public, max-age=3600" },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return refusal(404, "not_found", `There is no ${file} in ${folder}. Run npm run demo again to fetch it.`);
  }
}
