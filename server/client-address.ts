/** Pure: where a request came from, as far as a header can be believed. */
import { isIP } from "node:net";

/**
 * The visitor's address from the header that our own proxies append to: the entry that the outermost of them wrote, counted
 * from the right, since whatever stands further left the visitor may have made up. Null where there is no address in it.
 */
export function clientAddress(
  headers: Headers,
  { header, trustedProxies }: { header: string; trustedProxies: number },
): string | null {
  const entries = (headers.get(header) ?? "").split(",").map((entry) => entry.trim());
  const entry = bare(entries.at(-trustedProxies) ?? entries[0] ?? "");
  return isIP(entry) ? entry.toLowerCase() : null;
}

/** What one visitor holds of the address space: an IPv4 address, or the 64 bits of an IPv6 network. */
export function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped) return mapped;
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("::");
  const groups = (part: string) => (part ? part.split(":") : []);
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: missing }, () => "0"), ...groups(tail ?? "")];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

/** Without a port: `1.2.3.4:5678`, `[::1]:5678`. */
function bare(entry: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(entry)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(entry)?.[1] ?? entry;
}
