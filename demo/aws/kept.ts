import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Role } from "./identities";

/**
 * What outlives the simulation's process, as it does in AWS: the roles by their ARNs, and the templates that lie on S3 by
 * their names. Without a file it is kept in memory alone.
 */
export class Kept {
  readonly roles: Map<string, Role>;
  readonly templates: Map<string, unknown>;

  constructor(private readonly file?: string) {
    const { roles, templates } = file && existsSync(file) ? read(file) : { roles: [], templates: [] };
    this.roles = new Map(roles);
    this.templates = new Map(templates);
  }

  /** After every change. By another name first, so that a kill leaves the old file whole. */
  save(): void {
    if (!this.file) return;
    writeFileSync(`${this.file}.new`, JSON.stringify({ roles: [...this.roles], templates: [...this.templates] }));
    renameSync(`${this.file}.new`, this.file);
  }
}

/** Only `save` writes it. */
function read(file: string) {
  return JSON.parse(readFileSync(file, "utf8")) as { roles: [string, Role][]; templates: [string, unknown][] };
}
