import { mergeConfig } from 'vitest/config'
import shared from './vitest.config.ts'

// The long walks, over every form and every cell of a table: npm run test:walks.
export default mergeConfig(
  { ...shared, test: { ...shared.test, projects: undefined } },
  {
    test: {
      include: ['tests/**/*.walk.ts'],
      setupFiles: ['tests/support/connected.ts'],
      testTimeout: 240_000,
      hookTimeout: 120_000,
    },
  },
)
