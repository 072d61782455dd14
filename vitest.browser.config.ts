import { mergeConfig } from 'vitest/config'
import shared from './vitest.config.ts'

// The journeys through a real browser: npm run test:browser.
export default mergeConfig(
  { ...shared, test: { ...shared.test, projects: undefined } },
  {
    test: { include: ['tests/journeys/**/*.journey.ts'], testTimeout: 240_000, hookTimeout: 120_000, maxWorkers: 1 },
  },
)
