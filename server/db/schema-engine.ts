import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { DatabaseError } from "pg";
import type { SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";

/**
 * Prisma's own schema engine as WebAssembly, talking to `databaseUrl` through the driver adapter: nothing is downloaded.
 * The caller frees it with `engine.free()`. The engine's own errors do not say why PostgreSQL refused a script: `onRefusal` is told.
 */
export async function openSchemaEngine(
  databaseUrl: string,
  datamodel: string,
  onRefusal: (error: DatabaseError) => void = () => {},
): Promise<SchemaEngine> {
  const { SchemaEngine } = await engineModule();
  const factory = bindMigrationAwareSqlAdapterFactory(
    wholeScripts(new PrismaPg({ connectionString: databaseUrl }, { schema: "public" }), onRefusal),
  );
  return SchemaEngine.new({ datamodels: [["schema.prisma", datamodel]] }, () => undefined, factory);
}

/** The filters every command takes: no table or enum is left to others. */
export const noFilters = { externalTables: [], externalEnums: [] };

let loaded: ReturnType<typeof loadEngine> | undefined;
const engineModule = () => (loaded ??= loadEngine());

async function loadEngine() {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const module = new WebAssembly.Module(readFileSync(wasmPath()));
  const imports = { "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports };
  const { exports } = new WebAssembly.Instance(module, imports);
  const glue = bindings as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  glue.__wbg_set_wasm(exports);
  // Sets up the table of JavaScript values: without it undefined comes back as another object.
  (exports.__wbindgen_start as () => void)();
  return bindings;
}

function wasmPath(): string {
  // In a bundle it lies beside the program.
  const bundled = join(dirname(process.argv[1] ?? ""), "schema_engine_bg.wasm");
  if (existsSync(bundled)) return bundled;
  const require = createRequire(join(process.cwd(), "package.json"));
  return join(dirname(require.resolve("@prisma/schema-engine-wasm")), "schema_engine_bg.wasm");
}

/**
 * Two things that adapter-pg does not do for the schema engine. It splits a script at every semicolon, which breaks
 * functions and DO blocks: the whole script goes through PostgreSQL's simple protocol in one go instead. And it refuses
 * the catalogue's one-byte "char" type, which the engine reads as a character. The engine's own lock is left out: it is of a
 * session, and a pooler keeps a session open once its client has gone, so that every later migration would wait in vain.
 */
function wholeScripts(factory: PrismaPg, onRefusal: (error: DatabaseError) => void): PrismaPg {
  const wrap = <A extends Awaited<ReturnType<PrismaPg["connect"]>>>(adapter: A): A => {
    const pool = adapter.underlyingDriver() as unknown as CatalogueReader;
    const chars = new Set<string>();
    const bare = pool.query.bind(pool);
    const query: CatalogueReader["query"] = (...args) =>
      bare(...args).catch((error: unknown) => {
        if (error instanceof DatabaseError) onRefusal(error);
        throw error;
      });
    const queryRaw = adapter.queryRaw.bind(adapter);
    pool.query = async (...args) => {
      const result = await query(...args);
      for (const field of result.fields ?? []) {
        if (field.dataTypeID !== OID_CHAR) continue;
        chars.add(field.name);
        field.dataTypeID = OID_TEXT;
      }
      return result;
    };
    adapter.queryRaw = async (sql) => {
      const result = await queryRaw(sql);
      const columnTypes = result.columnTypes.map((type, i) =>
        chars.has(result.columnNames[i] ?? "") ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    const executeRaw = adapter.executeRaw.bind(adapter);
    adapter.executeRaw = (query) => (isSessionLock.test(query.sql) ? Promise.resolve(0) : executeRaw(query));
    adapter.executeScript = async (script) => {
      await query(script);
    };
    return adapter;
  };
  const connect = factory.connect.bind(factory);
  const connectToShadowDb = factory.connectToShadowDb.bind(factory);
  factory.connect = async () => wrap(await connect());
  factory.connectToShadowDb = async () => wrap(await connectToShadowDb());
  return factory;
}

const isSessionLock = /^select pg_advisory_lock\(/i;
const OID_CHAR = 18;
const OID_TEXT = 25;

interface CatalogueReader {
  query(...args: unknown[]): Promise<{ fields?: { name: string; dataTypeID: number }[] }>;
}
