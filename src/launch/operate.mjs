import './node-version.mjs'

// node src/launch/operate.mjs FILE …: a tool of ours for who runs the product: with its settings, without development.
import('./install.mjs')
  .then(async ({ prepare, run }) => {
    await prepare(['client'])
    process.exitCode = await run(['--import', 'tsx', ...process.argv.slice(2)])
  })
  .catch((error) => {
    console.error(error.name.endsWith('Problem') ? error.message : error)
    process.exit(1)
  })
