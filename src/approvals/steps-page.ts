import type { Translate } from '../i18n.ts'
import { momentText } from '../deadlines/tag.ts'
import { isAbove } from './kinds.ts'
import type { StepRow } from './reading.ts'
import type { Shown, Turn } from './shown.ts'

/** Everybody who asked, signed, signs and will sign, in order; for partials/signers. */
export function signersOf(t: Translate, { request, steps, turn }: Shown, now: Date) {
  const filed = {
    name: request.filedBy,
    did: t('approvals:step.filed'),
    note: momentText(request.filedAt, now),
    at: 'done',
  }
  return [filed, ...steps.map((step) => signerOf(t, step, step.id === turn?.stepId ? turn : null, now))]
}

function signerOf(t: Translate, step: StepRow, turn: Turn | null, now: Date) {
  const note = roleText(t, step)
  if (step.state === 'skipped') return { name: roleText(t, step), did: t('approvals:step.skipped') }
  if (step.state === 'waiting') return { name: step.staff ?? note, did: t('approvals:step.waiting'), note }
  if (step.state === 'open') {
    const name = turn ? turnText(t, turn) : ''
    return { name: name || note, did: t('approvals:step.open'), note: name ? note : '', at: 'now' }
  }
  const at = step.decidedAt ? momentText(step.decidedAt, now) : ''
  return {
    name: whoText(t, step),
    did: t(`approvals:step.${step.state}`),
    note: step.reason ? t('approvals:step.quoted', { at, reason: step.reason }) : at,
    at: step.state === 'approved' ? 'done' : 'refused',
  }
}

/** Whose turn it is, as the reader sees it; APR-04: one's own, or another's. */
function turnText(t: Translate, turn: Turn): string {
  const { standing } = turn
  if (standing.by === 'none') return namesText(t, turn)
  const by = t('approvals:step.you')
  return standing.by === 'deputy' ? t('approvals:step.forName', { by, name: standing.forName }) : by
}

/** APR-04: B for A. */
export function whoText(t: Translate, step: Pick<StepRow, 'decidedBy' | 'for'>): string {
  const by = step.decidedBy ?? ''
  return step.for ? t('approvals:step.forName', { by, name: step.for }) : by
}

/** As what somebody signs: by role, instead of another, or because a colleague asked. */
export function roleText(t: Translate, step: Pick<StepRow, 'role' | 'seniorRole' | 'insteadOf' | 'addedBy' | 'staff'>) {
  if (step.addedBy) return t('approvals:step.added', { name: step.addedBy })
  if (!step.role) return step.staff ?? ''
  const role = t(`access:role.${step.role}`)
  if (step.insteadOf) return t('approvals:step.instead', { role, insteadOf: t(`access:role.${step.insteadOf}`) })
  if (step.seniorRole) {
    const senior = t(`access:role.${step.seniorRole}`)
    return t(isAbove(step.seniorRole, step.role) ? 'approvals:step.senior' : 'approvals:step.either', { role, senior })
  }
  return role
}

const namesText = (t: Translate, { names, people }: Turn) =>
  [names.join(t('approvals:request.also')), people > names.length ? t('approvals:step.more', { n: people }) : '']
    .filter(Boolean)
    .join(' ')

/** Whom the request waits for: names, with the role; or the role that nobody holds. */
export function stepTextOf(t: Translate, turn: Turn, step: StepRow | undefined): string {
  const role = step ? roleText(t, step) : ''
  if (turn.people === 0) return t('approvals:request.nobody', { role })
  return t('approvals:request.notYoursNote', { who: namesText(t, turn), role })
}
