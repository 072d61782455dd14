import type { Actor } from '../../access/actor.ts'
import { change, reading } from '../../audit/change.ts'
import { config } from '../../config.ts'
import { edgesOf } from '../../documents/edge-words.ts'
import type { Block, Paper } from '../../documents/paper.ts'
import { renderDocument } from '../../documents/printer.ts'
import { translate, type Translate } from '../../i18n.ts'
import { refuseIf } from '../../lib/refused.ts'
import { dateText } from '../../lib/dates.ts'
import type { Download } from '../../web/route.ts'
import { remedyInForce } from '../contacts/queries.ts'
import { holdFor } from '../holding.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { issueLink, linkEnds } from '../ratings/issuing.ts'
import { wayLines } from '../ways/lines.ts'
import { company, type Company } from '../ways/queries.ts'
import { closedProblems } from './guards.ts'

/** Where the customer rates; without the product's own address only its end. */
export const linkAddress = (token: string): string => `${config.publicUrl ?? ''}/r/${token}`

/** Whether a phone outside can find this product at all. */
export const hasAddress = (): boolean => config.publicUrl !== undefined

/** SAT-03: another link in place of the one before, for whoever sends it by message. */
export function newLink(actor: Actor, { id }: { id: bigint }, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.close')
    refuseIf(closedProblems(complaint))
    return issueLink(tx, audit, complaint, actor, now)
  })
}

/** Wish 38, SAT-03, CMP-26: what the customer gets when the case is closed: its result, the code to rate it, the ways to complain. */
export async function closingLetter(actor: Actor, { id, number }: Complaint, now: Date): Promise<Download> {
  const house = await company()
  const { complaint, ...given } = await change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.close')
    refuseIf(closedProblems(complaint))
    const token = hasAddress() ? await issueLink(tx, audit, complaint, actor, now) : null
    const offered = (await remedyInForce(tx, complaint))?.items.map(({ text }) => text) ?? []
    const until = dateText(new Date((await linkEnds(complaint, now)).getTime() - 1))
    await audit('complaint.letter_made', subjectOf(complaint), { after: { link: token !== null } })
    return { complaint, token, offered, until }
  })
  const { pdf, sha256 } = await renderDocument(paperOf(actor, complaint, { house, ...given }, now))
  await reading(actor, 'complaint.letter_printed', subjectOf(complaint), { after: { sha256 } })
  return { type: 'application/pdf', fileName: `${number}.pdf`, body: pdf }
}

type Given = { house: Company | null; token: string | null; offered: string[]; until: string }

function paperOf(actor: Actor, complaint: Complaint, given: Given, now: Date): Paper {
  const t = translate[actor.language]
  const word = t('closing:letter.title')
  return {
    ...edgesOf(actor, now, { document: word, middle: complaint.number, left: complaint.number }),
    title: `${word} ${complaint.number}`,
    sections: [
      { title: t('closing:letter.case'), blocks: [greeting(t, complaint), facts(t, complaint)] },
      { title: t('closing:letter.result'), blocks: resultOf(t, complaint, given) },
      ...(given.token ? [{ title: t('closing:letter.rate'), blocks: [codeOf(t, given.token, given.until)] }] : []),
      { title: t('closing:ways.title'), blocks: waysOf(t, given.house) },
    ],
  }
}

const greeting = (t: Translate, { complainant, customer }: Complaint): Block => ({
  kind: 'text',
  text: t('closing:letter.greeting', { name: complainant ?? customer?.name ?? t('closing:standard.customer') }),
})

const facts = (t: Translate, { number, title, receivedAt, closedAt }: Complaint): Block => ({
  kind: 'facts',
  facts: [
    { label: t('complaints:field.number'), value: number },
    { label: t('complaints:field.title'), value: title },
    { label: t('complaints:field.receivedAt'), value: dateText(receivedAt) },
    { label: t('closing:field.closedAt'), value: closedAt ? dateText(closedAt) : '' },
  ],
})

/** What the customer was told, not what the house writes about it. */
function resultOf(t: Translate, { outcome }: Complaint, { offered }: Given): Block[] {
  const said: Block = { kind: 'text', text: t(`closing:letter.outcome.${outcome ?? 'settled'}`) }
  if (offered.length === 0 || outcome === 'unresolved') return [said]
  return [said, { kind: 'text', text: offered.map((text, at) => `${at + 1}. ${text}`).join('\n') }]
}

const codeOf = (t: Translate, token: string, until: string): Block => ({
  kind: 'code',
  code: linkAddress(token),
  lines: [t('closing:letter.scan', { until }), linkAddress(token), t('closing:letter.once')],
})

function waysOf(t: Translate, house: Company | null): Block[] {
  const lines = wayLines(t, house)
  const outside: Block = { kind: 'text', text: t('closing:ways.outside') }
  return lines.length > 0 ? [{ kind: 'facts', facts: lines }, outside] : [outside]
}
