import { permit } from '../access/policy.ts'

export const coveragePolicy = { view: permit('coverage.view'), export: permit('visits.export') }
