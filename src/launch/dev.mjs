import './node-version.mjs'

import('./install.mjs')
  .then(async ({ prepare, run }) => {
    await prepare(['client', 'assets'])
    process.env.NODE_ENV = 'development'
    process.exitCode = await run(['--import', 'tsx', 'src/launch/dev.ts'])
  })
  .catch((error) => {
    console.error(error.name.endsWith('Problem') ? error.message : error)
    process.exit(1)
  })
