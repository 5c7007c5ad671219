/**
 * One value for the whole process, made at the first use. The server's bundles may each load their own copy of a module;
 * one credential cache, one set of rates and one connection pool must serve them all.
 */
export function perProcess<T>(name: string, make: () => T): T {
  const values = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(`cloudguard.${name}`);
  return (values[key] ??= make());
}
