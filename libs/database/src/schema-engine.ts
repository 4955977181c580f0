import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { DriverAdapterError, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { type SchemaEngine } from '@prisma/schema-engine-wasm';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { DatabaseError, type Pool } from 'pg';

/** As much of it as is used here: TypeScript knows WebAssembly only together with everything else of a browser. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: Record<string, object>) => { exports: { __wbindgen_start(): void } };
};

let started = false;

/**
 * Prisma's schema engine, the one behind `prisma migrate`, as WebAssembly over `pool`. Nothing is downloaded and no
 * binary is started. The caller keeps the pool and ends it; `free()` the engine before. Give it a pool of one connection:
 * the engine takes a session lock.
 * @param schema text of a schema.prisma; may be empty for work that needs none.
 */
export async function openSchemaEngine(pool: Pool, schema: string): Promise<SchemaEngine> {
  startWebAssembly();
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool, { disposeExternalPool: false }));
  return glue.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, adapter);
}

/**
 * Hands a migration to PostgreSQL in one piece, as `prisma migrate deploy` does: all of it happens or none. The adapter
 * (7.10) cuts it at every semicolon, also within comments, texts and functions, and leaves what came before an error.
 */
class WholeScripts extends PrismaPg {
  constructor(
    private readonly pool: Pool,
    options: ConstructorParameters<typeof PrismaPg>[1],
  ) {
    super(pool, options);
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = (script) => this.execute(script);
    return adapter;
  }

  private async execute(script: string): Promise<void> {
    try {
      await this.pool.query(script);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      const { code = 'XX000', severity = 'ERROR', message, detail, column, hint } = error;
      throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint });
    }
  }
}

/** What `schema_engine.js` of the package does with an `import` of the `.wasm` file, which Node 20 cannot. */
function startWebAssembly(): void {
  if (started) return;
  started = true;
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), {
    './schema_engine_bg.js': { ...glue, ...unreferencedTimers() },
  });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/**
 * The engine (7.10) races its lock against a timer of 10 seconds and never clears it: as it is, each process that has
 * migrated would linger for that long.
 */
function unreferencedTimers(): Record<string, (callback: () => void, ms: number) => NodeJS.Timeout> {
  const names = Object.keys(glue).filter((name) => name.startsWith('__wbg_setTimeout_'));
  return Object.fromEntries(names.map((name) => [name, (callback, ms) => setTimeout(callback, ms).unref()]));
}
