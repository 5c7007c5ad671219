import { parseAsArrayOf, parseAsIsoDate, parseAsString, type inferParserType } from "nuqs/server";
import type { RouterInputs } from "@/server/routers";

/** What the log's address carries. Days are UTC's, both included. */
export const auditParams = {
  person: parseAsArrayOf(parseAsString).withDefault([]),
  action: parseAsArrayOf(parseAsString).withDefault([]),
  from: parseAsIsoDate,
  to: parseAsIsoDate,
};

export type AuditParams = inferParserType<typeof auditParams>;

/** The address in the API's words. */
export function auditInput({ person, action, from, to }: AuditParams): RouterInputs["audit"]["list"] {
  return {
    clerkUserIds: person.length > 0 ? person : undefined,
    actions: action.length > 0 ? action : undefined,
    from: from ? dayOf(from) : undefined,
    to: to ? dayOf(to) : undefined,
  };
}

/** Whether anything narrows the log. */
export function isNarrowed({ person, action, from, to }: AuditParams): boolean {
  return person.length > 0 || action.length > 0 || from !== null || to !== null;
}

/** `2026-11-24`, as a date field has it. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
