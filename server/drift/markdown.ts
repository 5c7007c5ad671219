/** Pure: a detection as Markdown, to paste into a pull request. */
import type { Json } from "../aws/collectors/define";
import type { DetectionDetail, PropertyDrift, ResourceDrift } from "./views";

/** Headline, verdict, coverage, then each resource that differs with its values; what is ignored is counted and folded. */
export function toMarkdown(detection: DetectionDetail): string {
  const { stack, completedAt, sentence, resources, ignoredDifferences, coverage } = detection;
  const shown = resources.filter(({ severity }) => severity !== null);
  const unknown = coverage?.gaps ?? [];
  return [
    `# Drift of ${code(stack.stackName)}`,
    "",
    `${stack.accountName} (${stack.awsAccountId}), ${stack.region}. ${completedAt ? `As of ${completedAt.toISOString()}.` : ""}`,
    "",
    sentence,
    ...shown.flatMap(resourceSection),
    ...(unknown.length > 0 ? ["", "## Not known", ""] : []),
    ...unknown.map(({ reason, logicalIds }) => `- ${logicalIds.map(code).join(", ")}: ${plain(reason)}`),
    ...(ignoredDifferences > 0 ? ["", `${ignoredDifferences} ignored by rules:`, "", ...ignored(resources)] : []),
    "",
  ].join("\n");
}

function resourceSection(resource: ResourceDrift): string[] {
  const { logicalId, physicalId, type, driftStatus, severity, differences } = resource;
  const open = differences.filter(({ ignoredBy }) => !ignoredBy);
  return [
    "",
    `## ${code(logicalId)} (${type}): ${driftStatus}, ${severity?.toLowerCase()}`,
    "",
    ...(physicalId ? [`Physical id: ${code(physicalId)}`, ""] : []),
    ...(open.length > 0 ? ["| Property | Template | Actual | |", "| --- | --- | --- | --- |", ...open.map(row)] : []),
    ...(driftStatus === "DELETED" ? ["The resource was deleted outside of CloudFormation."] : []),
  ];
}

function row({ path, expected, actual, because, isNew, type }: PropertyDrift): string {
  const left = type === "ADD" ? "—" : cell(expected);
  const right = type === "REMOVE" ? "—" : cell(actual);
  return `| ${code(path)} | ${left} | ${right} | ${because}${isNew ? " (new)" : ""} |`;
}

function ignored(resources: ResourceDrift[]): string[] {
  return resources.flatMap(({ logicalId, differences, ignoredBy }) => [
    ...(ignoredBy ? [`- ${code(logicalId)}, deleted: ${plain(ignoredBy.reason)}`] : []),
    ...differences.flatMap(({ path, ignoredBy: rule }) =>
      rule ? [`- ${code(logicalId + path)}: ${plain(rule.reason)}`] : [],
    ),
  ]);
}

function cell(value: Json | null): string {
  return code(typeof value === "string" ? value : JSON.stringify(value));
}

/** Inline code that nothing in the text can end: backticks are fenced by more of them, bars would end a table's cell. */
function code(text: string): string {
  const line = text.replaceAll(/[\r\n]+/g, " ").replaceAll("|", "\\|");
  const fence = "`".repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text that another person wrote: on one line, and with nothing that Markdown or HTML would act on. */
function plain(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ").replaceAll(/[\\`*_[\]<>|#]/g, "\\$&");
}
