import { permit } from '../access/policy.ts'

/** Which deadlines exist for whom is in queries.ts: those of the customers one sees, and one's own. */
export const deadlinePolicy = {
  list: permit('deadlines.view'),
  view: permit('deadlines.view'),
}
