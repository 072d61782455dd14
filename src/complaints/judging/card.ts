import type { Actor } from '../../access/actor.ts'
import type { Card, Request } from '../../approvals/contract.ts'
import { db } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { isAccused, seesComplaint } from '../policy.ts'
import { complaintShown, idOf, type Shown } from './queries.ts'
import type { Judgement } from './rules.ts'

/** CMP-22: what the superior accepts. */
export async function acceptanceCard(actor: Actor, request: Request, judged: Judgement): Promise<Card> {
  const t = translate[actor.language]
  const { departmentId: id } = judged
  const named = id === null ? null : await db.department.findUnique({ where: { id }, select: { name: true } })
  const department = named?.name ?? t('judging:card.none')
  const line = (name: 'verdict' | 'reasonable' | 'department' | 'judgement', after: string) => ({
    label: t(`judging:card.${name}`),
    before: '',
    after,
  })
  return cardOf(actor, request, 'acceptance', [
    line('verdict', t(`judging:verdict.${judged.verdict}`)),
    line('reasonable', t(judged.reasonable ? 'judging:yes' : 'judging:no')),
    line('department', department),
    line('judgement', judged.judgement),
  ])
}

/** CMP-03: whom the complaint is about, and reads the register, learns only that there is a request. */
export async function cardOf(
  actor: Actor,
  request: Request,
  name: 'acceptance' | 'report',
  asked: Card['asked'],
): Promise<Card> {
  const t = translate[actor.language]
  const complaint = await complaintShown(idOf(request))
  const why = t(name === 'report' ? 'judging:card.whyReport' : 'judging:card.whyAcceptance')
  if (isAccused(actor, complaint))
    return { title: t('judging:card.hidden'), href: null, asked: [], facts: [], why, problems: [] }
  const { number, title } = complaint
  return {
    title: t(`judging:card.${name}`, { number, title }),
    href: seesComplaint(actor, complaint) ? `/complaints/${number}` : null,
    asked,
    facts: factsOf(t, complaint),
    why,
    problems: [],
  }
}

const factsOf = (t: Translate, { what, customer, complainant, owner, level, kind }: Shown): Card['facts'] => [
  { label: t('judging:card.customer'), value: customer?.name ?? complainant ?? t('complaints:anonymous') },
  { label: t('complaints:field.level'), value: t(`complaints:level.${level}`) },
  { label: t('complaints:field.kind'), value: t(`complaints:kind.${kind}`) },
  { label: t('judging:card.what'), value: what },
  { label: t('judging:card.handler'), value: owner?.name ?? t('complaints:unassigned') },
]
