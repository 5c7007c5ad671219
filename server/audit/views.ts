/** What the audit room tells its doors. */
export interface AuditEntry {
  id: string;
  at: Date;
  clerkUserId: string;
  email: string | null;
  action: string;
  targetId: string | null;
  target: string | null;
  detail: Record<string, string | number | boolean | null | string[]>;
  requestId: string;
  address: string | null;
  userAgent: string | null;
}

export interface AuditPage {
  entries: AuditEntry[];
  nextCursor: string | null;
}

/** What the log can be narrowed by. */
export interface AuditChoices {
  people: { clerkUserId: string; email: string | null }[];
  actions: string[];
}
