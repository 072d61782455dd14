import type { OverrideKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import type { Card, ObjectList, Request } from '../../approvals/contract.ts'
import { db } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { fenOf } from '../../lib/money.ts'
import { NotFound } from '../../lib/refused.ts'
import { decisionFacts, monthsList, monthsTable } from '../deciding/facts.ts'
import { fenYuan, yuan } from '../saying.ts'
import { monthsOf } from '../deciding/queries.ts'
import { releaseToSign, seesRelease, type Release } from '../queries.ts'
import { overrideIn, scalesFor, type Scales } from './queries.ts'
import { mostBelow, signProblems } from './rules.ts'

const releaseIn = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('release:'.length))

async function overrideOf(request: Request) {
  const found = await db.creditOverride.findUnique({ where: { id: overrideIn(request) } })
  if (!found) throw new NotFound()
  return found
}
type Override = Awaited<ReturnType<typeof overrideOf>>

/** CRD-19: what is asked beside the figure as it is this moment, and all that the decision rests on. */
export async function overrideCard(actor: Actor, request: Request, kind: OverrideKind, now: Date): Promise<Card> {
  const t = translate[actor.language]
  const [release, override] = await Promise.all([releaseToSign(releaseIn(request)), overrideOf(request)])
  const waits = request.state === 'waiting'
  const [scales, facts, list] = await Promise.all([
    scalesFor(db, release, kind, now),
    decisionFacts(t, actor, release.customer, now, release.id),
    monthsList(t, release.customerId, now),
  ])
  const asked = { amount: fenOf(override.amount.toFixed(2)), validOn: dayText(override.validOn) }
  return {
    title: titleOf(t, request, kind, release),
    href: seesRelease(actor, release) ? `/releases/${release.number}` : null,
    asked: waits ? askedRows(t, { release, override, scales, kind }) : thenRows(t, { release, override, kind }),
    facts,
    why: t(`overrides:card.why.${kind}`),
    problems: waits ? signProblems(kind, asked, scales.standing, dateText(now)) : [],
    list,
  }
}

export const overrideTitle = async (actor: Actor, request: Request, kind: OverrideKind): Promise<string> =>
  titleOf(translate[actor.language], request, kind, await releaseToSign(releaseIn(request)))

const titleOf = (t: Translate, { amount }: Request, kind: OverrideKind, { customer }: Release): string =>
  t('overrides:card.title', {
    name: customer.name,
    kind: t(`credit:override.${kind}`),
    amount: yuan(t, amount ?? '0.00'),
  })

/** The same table for the printed sheet. */
export async function overrideObjects(actor: Actor, request: Request): Promise<ObjectList> {
  const { customerId } = await releaseToSign(releaseIn(request))
  return monthsTable(translate[actor.language], await monthsOf(customerId, request.filedAt))
}

type Row = Card['asked'][number]
const row = (label: string, after: string): Row => ({ label, before: '', after })

type About = { release: Release; override: Override; kind: OverrideKind }

const goodsRow = (t: Translate, { number, amount, goods }: Release): Row =>
  row(
    t('overrides:asked.release'),
    t('overrides:asked.releaseText', { number, amount: yuan(t, amount.toFixed(2)), goods }),
  )

function askedRows(t: Translate, { release, override, kind, scales }: About & { scales: Scales }): Row[] {
  const { figure, paid, standing } = scales
  const rows = [goodsRow(t, release)]
  if (kind === 'overdue') return [...rows, ...overdueRows(t, override, scales)]
  const { limit, part } = standing
  const words = { part, limit: fenYuan(t, limit), most: fenYuan(t, mostBelow(limit, part)) }
  return [
    ...rows,
    row(t('overrides:asked.available'), fenYuan(t, figure.available)),
    ...(paid > 0 ? [row(t('overrides:asked.paid'), fenYuan(t, paid))] : []),
    row(t('overrides:asked.short'), yuan(t, override.amount.toFixed(2))),
    row(t('overrides:asked.bound'), t('overrides:asked.boundText', words)),
  ]
}

const overdueRows = (t: Translate, { validOn }: Override, { figure }: Scales): Row[] => [
  row(
    t('overrides:asked.overdue'),
    t('overrides:asked.overdueText', { amount: fenYuan(t, figure.overdue), days: figure.overdueDays }),
  ),
  row(t('overrides:asked.validOn'), dayText(validOn)),
]

/** Once it is decided: what it was decided on. */
const thenRows = (t: Translate, { release, override, kind }: About): Row[] => [
  goodsRow(t, release),
  ...(kind === 'overdue'
    ? [row(t('overrides:asked.validOn'), dayText(override.validOn))]
    : [row(t('overrides:asked.short'), yuan(t, override.amount.toFixed(2)))]),
  ...(override.limitThen ? [row(t('overrides:asked.limitThen'), yuan(t, override.limitThen.toFixed(2)))] : []),
]
