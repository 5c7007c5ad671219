/**
 * Pure: what an API key may do. It acts for its subject: a person in their own tenant, whose admin they are, or an
 * organisation as a member of it, and as an admin with the scope `admin`. A key with scopes writes only if `write` or
 * `admin` is one of them; Clerk's own page makes keys without scopes, which may all that their subject may.
 */
export function apiKeyRights(subject: "person" | "organisation", scopes: readonly string[]) {
  const isAdmin = scopes.includes("admin");
  return {
    isAdmin: subject === "person" || isAdmin,
    mayWrite: scopes.length === 0 || isAdmin || scopes.includes("write"),
  };
}
