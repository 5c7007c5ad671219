/** Pure: ALLOWED_ORIGINS, taken apart. Safe on the Edge. */

/** The origins, or `*`, whose pages may call the REST API; none where the setting is not there. */
export function allowedOrigins(setting: string | undefined): string[] {
  return (setting ?? "")
    .split(",")
    .map((origin) => origin.trim().replace(/\/$/, ""))
    .filter(Boolean);
}
