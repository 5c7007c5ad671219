/** Pure: resources as CSV. */
import { csvLine as line } from "../csv";
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

export const csvHeader = line(columns.map(([title]) => title));

export function csvLine(row: ResourceRow): string {
  return line(columns.map(([, read]) => read(row)));
}
