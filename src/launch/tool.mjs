import { existsSync } from 'node:fs'
import './node-version.mjs'

// node src/launch/tool.mjs FILE …: runs a tool of ours, in development unless the settings say otherwise.
import('./install.mjs')
  .then(async ({ prepare, run }) => {
    await prepare(['client', 'code', 'assets'], { development: true })
    if (existsSync('.env')) process.loadEnvFile('.env')
    process.env.NODE_ENV ??= 'development'
    process.exitCode = await run(['--import', 'tsx', ...process.argv.slice(2)])
  })
  .catch((error) => {
    console.error(error.name.endsWith('Problem') ? error.message : error)
    process.exit(1)
  })
