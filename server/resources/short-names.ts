/** The short names that programs give the resource types: `ec2`, `s3`, `rds` for instances and clusters. */
import { collectors } from "../aws/collectors/index";

export const shortNames = [...new Set(collectors.map(({ shortName }) => shortName))];

/** The CloudFormation types of a short name. */
export function typesOf(shortName: string): string[] {
  return collectors.filter((collector) => collector.shortName === shortName).map(({ type }) => type);
}

/** The short name of a type; the type itself where CloudGuard no longer reads it. */
export function shortNameOf(type: string): string {
  return collectors.find((collector) => collector.type === type)?.shortName ?? type;
}
