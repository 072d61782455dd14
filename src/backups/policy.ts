import { permit } from '../access/policy.ts'

export const mayView = permit('backups.view')
export const mayRun = permit('backups.run')
