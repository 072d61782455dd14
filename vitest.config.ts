import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// Whatever a run writes lies here, and goes with it: tests/support/globalSetup.ts.
const dataDir = join(tmpdir(), `kehu-test-${process.pid}`)
const alone = 'tests/**/*.alone.test.ts'
// The walks over every route and role take their time on two busy cores.
const patience = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    globalSetup: 'tests/support/globalSetup.ts',
    maxWorkers: 2,
    env: {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATA_DIR: dataDir,
      // Where node:os and the programs it starts make their temporary folders.
      TMPDIR: join(dataDir, 'scratch'),
      SESSION_SECRET: 'for the tests alone, and never else',
    },
    projects: [
      {
        test: {
          name: 'together',
          include: ['tests/**/*.test.ts'],
          exclude: [alone],
          // Importing the product takes a second and a half: the files of one worker share its modules.
          isolate: false,
          setupFiles: ['tests/support/connected.ts', 'tests/support/afresh.ts'],
          ...patience,
        },
      },
      {
        // Who mocks a module or writes the environment needs modules of their own.
        test: { name: 'alone', include: [alone], setupFiles: ['tests/support/connected.ts'], ...patience },
      },
    ],
  },
})
