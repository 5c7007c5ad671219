import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { freePort } from "./free-port";

/** Whether somebody could listen on `port` of this machine now; throws a sentence where this user may not. */
export async function isFree(port: number): Promise<boolean> {
  // Both names of this machine: another program may hold the port on one of them only.
  for (const host of ["127.0.0.1", "::1"]) if (!(await canListen(port, host))) return false;
  return true;
}

/** A free port for each name: the one of the last run where it is still free, since links of that run then stay good. */
export async function rememberedPorts<Name extends string>(
  localDir: string,
  names: Name[],
): Promise<Record<Name, number>> {
  const file = path.join(localDir, "ports.json");
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, number>) : {};
  const ports = {} as Record<Name, number>;
  for (const name of names) {
    const before = known[name];
    ports[name] = before && (await isFree(before)) ? before : await freePort();
  }
  mkdirSync(localDir, { recursive: true });
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((tell, refuse) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EACCES") refuse(new Error(`This user may not serve on port ${port}. Choose one above 1023.`));
      // A machine without IPv6 cannot lose a port there.
      else tell(error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT");
    });
    probe.listen(port, host, () => probe.close(() => tell(true)));
  });
}
