import { defineConfig } from 'prisma/config'

// Only `generate`, `validate` and `format` are used; they ask that an engine be there, which cannot be downloaded on
// closed networks, but never run it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } })
