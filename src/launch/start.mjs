import './node-version.mjs'

// Never statically: install.mjs is in today's syntax, and the server's packages may not be there yet.
import('./install.mjs')
  .then(function (launch) {
    return launch.prepare(['client', 'code', 'assets'])
  })
  .then(function () {
    return process.argv[2] === '--build' ? undefined : import('../../dist/src/server.js')
  })
  .catch(function (error) {
    console.error(error.name.endsWith('Problem') ? error.message : error)
    process.exit(1)
  })
