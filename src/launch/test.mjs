import './node-version.mjs'

import('./install.mjs')
  .then(async ({ prepare, run }) => {
    await prepare(['client', 'assets'], { development: true })
    const given = process.argv.slice(2)
    process.exitCode = await run([
      'node_modules/vitest/vitest.mjs',
      ...(given.includes('--watch') ? [] : ['run']),
      ...given,
    ])
  })
  .catch((error) => {
    console.error(error.name.endsWith('Problem') ? error.message : error)
    process.exit(1)
  })
