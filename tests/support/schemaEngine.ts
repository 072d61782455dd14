import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { DiffParams, SchemaEngine } from '@prisma/schema-engine-wasm'
import type pg from 'pg'
import { root } from '../../src/config.ts'

const module = '@prisma/schema-engine-wasm/schema_engine_bg'

/** The SQL that would bring this database to what schema.prisma says. Prisma's own engine, as WebAssembly. */
export async function missingFrom(database: pg.ClientConfig): Promise<string> {
  const path = join(root, 'prisma/schema.prisma')
  const schema = { path, content: readFileSync(path, 'utf8') }
  const engine = await load(schema, bindMigrationAwareSqlAdapterFactory(new Introspector(database)))
  const { exitCode, stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files: [schema], configDir: root },
    to: { tag: 'schemaDatamodel', files: [schema] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  } satisfies DiffParams)
  return exitCode === 0 ? '' : stdout!
}

/** A panic inside shows its text only through the registry (libraries.md §7). */
async function load(schema: { path: string; content: string }, adapter: object): Promise<SchemaEngine> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: console.error } })
  const glue = await import(module)
  const program = readFileSync(join(root, 'node_modules', `${module}.wasm`))
  const { instance } = await webAssembly.instantiate(program, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue.SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => {}, adapter)
}

type Instance = { exports: { __wbindgen_start(): void } }
type Instantiate = (program: Uint8Array, imports: object) => Promise<{ instance: Instance }>
// Only the browser's types know it.
const webAssembly = (globalThis as unknown as { WebAssembly: { instantiate: Instantiate } }).WebAssembly

type Answer = { fields?: { dataTypeID: number }[]; columnTypes: number[] }
type Inner = Record<'performIO' | 'queryRaw', (question: unknown) => Promise<Answer>>
const [charOid, textOid, character] = [18, 25, 6]

/** adapter-pg cannot read PostgreSQL's internal type "char", which its catalogue is full of. */
class Introspector extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
    const inner = adapter as unknown as Inner
    const [perform, ask] = [inner.performIO.bind(adapter), inner.queryRaw.bind(adapter)]
    let chars: number[] = []
    inner.performIO = async (question) => {
      const answer = await perform(question)
      chars = (answer.fields ?? []).flatMap((field, at) => (field.dataTypeID === charOid ? [at] : []))
      for (const at of chars) answer.fields![at]!.dataTypeID = textOid!
      return answer
    }
    inner.queryRaw = async (question) => {
      const answer = await ask(question)
      for (const at of chars) answer.columnTypes[at] = character!
      return answer
    }
    return adapter
  }
}
