/** Pure: a line of a CSV file, RFC 4180. */
export function csvLine(cells: unknown[]): string {
  return cells.map(cell).join(",") + "\r\n";
}

/** A leading =, +, - or @ would be run as a formula by a spreadsheet: an apostrophe makes it text. A plain number is none. */
function cell(value: unknown): string {
  const text = String(value ?? "");
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
