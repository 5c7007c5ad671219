/** Pure: whether PostgreSQL's address can be read as it was meant. */

/** What a setting that is no such address is told. */
export const databaseUrlForm =
  "must be postgresql://user:password@host:5432/database, with / @ # ? % of the password written as %2F %40 %23 %3F %25";

/** False also where a character of the password makes another address of it: what stands behind `#` or `/` is no host. */
export function isDatabaseUrl(text: string): boolean {
  // PostgreSQL's own tools leave the host out where a socket's folder is named behind the question mark.
  const url = text.replace("@/", "@socket/");
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) return false;
  const { pathname, hash } = new URL(url);
  return hash === "" && !pathname.includes("@");
}
