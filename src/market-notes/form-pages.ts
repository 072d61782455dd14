import type { Actor } from '../access/actor.ts'
import { customerFor } from '../customers/queries.ts'
import { translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import type { Visit } from '../visits/queries.ts'
import { noteKinds } from './policy.ts'
import { aboutsKnown, type NoteRow } from './queries.ts'

const blank = (notedOn: string) => ({ kind: 'competitor', about: '', text: '', notedOn })

/** /market-notes/new, also from a customer's page. */
export async function newPage(actor: Actor, number: string | undefined, now: Date) {
  const t = translate[actor.language]
  const [customer, abouts] = await Promise.all([number ? customerFor(actor, number) : null, aboutsKnown(actor)])
  const at = {
    title: t('marketNotes:act.record'),
    lede: customer ? customer.name : t('marketNotes:recordLede'),
    home: '/market-notes',
    crumb: t('marketNotes:title'),
    customer: customer && { number: customer.number, name: customer.name },
  }
  return formPage(actor, { values: blank(dateText(now)), at, abouts }, now)
}

export async function visitPage(actor: Actor, visit: Visit, now: Date) {
  const t = translate[actor.language]
  const [on, today] = [dayText(visit.onDay), dateText(now)]
  const home = `/visits/${visit.number}`
  const cancelled = visit.state === 'cancelled'
  const problem = cancelled ? { text: t('marketNotes:refused.notVisited'), rule: { id: 'VIS-13' } } : null
  const at = { title: t('marketNotes:act.record'), lede: `${visit.party} · ${on}`, home, crumb: visit.number, problem }
  return formPage(actor, { values: blank(on < today ? on : today), at, abouts: await aboutsKnown(actor) }, now)
}

export async function correctionPage(actor: Actor, note: NoteRow, now: Date) {
  const t = translate[actor.language]
  const { kind, about, text, notedOn, version } = note
  const at = {
    title: t('marketNotes:act.correct'),
    lede: about ?? t(`visits:noteKind.${kind}`),
    home: `/market-notes/${note.id}`,
    crumb: t('marketNotes:title'),
  }
  const values = { kind, about: about ?? '', text, notedOn, version }
  return formPage(actor, { values, at, abouts: await aboutsKnown(actor) }, now)
}

type Values = { kind: string; about: string; text: string; notedOn: string; version?: number }
type FormAt = {
  title: string
  lede: string
  home: string
  crumb: string
  customer?: { number: string; name: string } | null
  problem?: { text: string; rule: { id: string } } | null
}

/** Every form of a note: by hand, on a visit's page, and its correction. */
function formPage(actor: Actor, { values, at, abouts }: { values: Values; at: FormAt; abouts: string[] }, now: Date) {
  const t = translate[actor.language]
  return {
    values,
    ...at,
    customer: at.customer ?? null,
    problem: at.problem ?? null,
    asksCustomer: at.customer !== undefined,
    abouts,
    today: dateText(now),
    kinds: noteKinds.map((value) => ({ value, word: t(`visits:noteKind.${value}`) })),
  }
}
