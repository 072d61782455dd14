import { permit } from '../access/policy.ts'

export const designationPolicy = { manage: permit('designations.manage') }
