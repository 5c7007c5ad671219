/** Pure: resources as CSV, RFC 4180. */
import type { ResourceRow } from "./views";

const columns: [string, (row: ResourceRow) => unknown][] = [
  ["Type", (row) => row.type],
  ["Name", (row) => row.name],
  ["Id", (row) => row.nativeId],
  ["ARN", (row) => row.arn],
  ["Account", (row) => row.awsAccountId],
  ["Account name", (row) => row.accountName],
  ["Region", (row) => row.region],
  ["State", (row) => row.state],
  [
    "Tags",
    (row) =>
      row.tags === null
        ? "(not read)"
        : Object.entries(row.tags)
            .map(([key, value]) => `${key}=${value}`)
            .join("; "),
  ],
  ["First seen", (row) => row.firstSeenAt.toISOString()],
  ["Last changed", (row) => row.lastChangedAt.toISOString()],
  ["Gone", (row) => row.goneAt?.toISOString()],
  ["As of", (row) => row.seenAt.toISOString()],
];

export const csvHeader = columns.map(([title]) => title).join(",") + "\r\n";

export function csvLine(row: ResourceRow): string {
  return columns.map(([, read]) => cell(read(row))).join(",") + "\r\n";
}

/** A leading =, +, - or @ would be run as a formula by a spreadsheet: an apostrophe makes it text. */
function cell(value: unknown): string {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
