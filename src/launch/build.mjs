import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, step } from './run.mjs'
import { digest, stamp, stamped } from './stamp.mjs'

const steps = {
  client: {
    words: ['生成数据库客户端', 'Generating the database client'],
    inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'],
    result: 'prisma/client/client.ts',
    command: ['node_modules/prisma/build/index.js', 'generate', '--no-hints'],
  },
  code: {
    words: ['编译', 'Compiling'],
    inputs: ['src', 'prisma/schema.prisma', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    result: 'dist/src/server.js',
    clear: ['dist/src', 'dist/prisma'],
    command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  },
  assets: {
    words: ['打包样式与脚本', 'Packing styles and scripts'],
    inputs: ['public', 'views', 'src', 'package-lock.json'],
    result: 'dist/public/manifest.json',
    command: [
      '--import',
      'tsx',
      '--eval',
      "import('./src/launch/assets.ts').then(({ buildAssets }) => buildAssets(process.cwd()))",
    ],
  },
}

export function outdated(names) {
  return names.filter(
    (name) => !existsSync(join(root, steps[name].result)) || stamped(markOf(name)) !== digest(steps[name].inputs),
  )
}

export async function build(names, child) {
  for (const name of names) {
    const { words, inputs, clear = [], command } = steps[name]
    const state = digest(inputs)
    for (const path of clear) rmSync(join(root, path), { recursive: true, force: true })
    await step(...words, process.execPath, command, child)
    stamp(markOf(name), state)
  }
}

function markOf(name) {
  return `dist/.stamps/${name}`
}
