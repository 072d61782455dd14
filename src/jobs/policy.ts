import { permit } from '../access/policy.ts'

export const mayView = permit('jobs.view')
export const mayRun = permit('jobs.rerun')
