import { parseAsString, parseAsStringLiteral } from "nuqs/server";

export const roleWays = ["quick", "cloudformation", "cli", "terraform"] as const;

/** The wizard's address: the issued ExternalId's row, so that a reload keeps it, and the open tab. */
export const wizardParams = {
  draft: parseAsString,
  via: parseAsStringLiteral(roleWays).withDefault("quick"),
};
