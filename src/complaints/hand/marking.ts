import type { Route, SeeOther, Submission, Visit } from '../../web/route.ts'
import { layDown, takeInHand } from './marks.ts'

type FormRoute = Extract<Route, { kind: 'form' }>
type AnyVisit = Visit<unknown, unknown>

/** Wish 41: whoever opens a form about one complaint has it in hand, until it is sent. Every act, none forgotten. */
export const marking = (routes: readonly Route[]): Route[] =>
  routes.map((route) => (route.kind === 'form' && isAct(route) ? marked(route) : route))

const isAct = ({ path, view }: FormRoute) => view !== undefined && path.startsWith('/complaints/:number/')

function marked(route: FormRoute): FormRoute {
  const show = route.show as ((visit: AnyVisit) => object | Promise<object>) | undefined
  const submit = route.submit as (submission: Submission<unknown, unknown, unknown>) => Promise<SeeOther>
  return {
    ...route,
    show: async (visit: AnyVisit) => {
      const complaint = complaintIn(visit.record)
      if (complaint) await takeInHand(visit.actor, complaint, visit.now)
      return { ...(await show?.(visit)) }
    },
    submit: async (submission: Submission<unknown, unknown, unknown>) => {
      const done = await submit(submission)
      const complaint = complaintIn(submission.record)
      if (complaint) await layDown(submission.actor, complaint)
      return done
    },
  } as FormRoute
}

/** The complaint itself, or the one that something belongs to. */
function complaintIn(record: unknown): { id: bigint } | null {
  if (typeof record !== 'object' || record === null) return null
  if ('inHandById' in record && 'id' in record) return record as { id: bigint }
  return 'complaint' in record ? complaintIn(record.complaint) : null
}
