import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { edgesOf } from '../../documents/edge-words.ts'
import type { Paper } from '../../documents/paper.ts'
import { renderDocument } from '../../documents/printer.ts'
import { type Translate, translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { moneyText } from '../../lib/money.ts'
import { type Plan, planSubject } from '../queries.ts'
import type { Download } from '../../web/route.ts'
import { askedFor } from './pages.ts'
import { linesOf, type PlanLine } from './queries.ts'
import { sumOf } from './rows.ts'
import { dayWords, hourText } from './saying.ts'
export const standing = async (plan: Plan) => (await linesOf(plan)).filter(({ state }) => state !== 'cancelled')

/** The month's plan on paper; that it was printed and what it was is in the trail. */
export async function printPlan(actor: Actor, plan: Plan, now: Date): Promise<Download> {
  const { pdf, sha256 } = await renderDocument(await paperOf(actor, plan, now))
  await reading(actor, 'visit_plan.printed', planSubject(plan), { after: { number: plan.number, sha256 } })
  return { type: 'application/pdf', fileName: `${plan.number}.pdf`, body: pdf }
}

async function paperOf(actor: Actor, plan: Plan, now: Date): Promise<Paper> {
  const t = translate[actor.language]
  const lines = await standing(plan)
  const title = t('visits:planOf', { month: plan.monthText })
  return {
    ...edgesOf(actor, now, {
      document: title,
      middle: `${plan.owner.name} · ${plan.number}`,
      left: t('visitPlans:paper.rule'),
    }),
    title: `${title} ${plan.number}`,
    sections: [
      { title: t('visitPlans:paper.facts'), blocks: [{ kind: 'facts', facts: await factsOf(t, plan, lines, now) }] },
      {
        title: t('visitPlans:paper.lines'),
        blocks: [tableOf(t, lines), { kind: 'text', text: t('visitPlans:paper.signed') }],
      },
    ],
  }
}

async function factsOf(t: Translate, plan: Plan, lines: readonly PlanLine[], now: Date) {
  const asked = await askedFor(plan, now)
  const planned = lines.length
  const fact = (label: string, value: string) => ({ label, value })
  return [
    fact(t('visitPlans:column.person'), `${plan.owner.name} ${plan.owner.number}`),
    fact(t('visitPlans:column.state'), t(`visits:planState.${plan.state}`)),
    fact(
      t('visitPlans:column.planned'),
      asked > 0 ? t('visitPlans:head.asked', { asked, planned }) : t('visitPlans:head.askedNone', { planned }),
    ),
    fact(
      t('visitPlans:column.submitted'),
      plan.submittedAt
        ? `${dateTimeText(plan.submittedAt)}${plan.late ? ` ${t('visitPlans:late')}` : ''}`
        : t('visitPlans:notSubmitted'),
    ),
    fact(t('visitPlans:head.costs'), moneyText(sumOf(lines.flatMap(({ spendings }) => spendings)))),
  ]
}

function tableOf(t: Translate, lines: readonly PlanLine[]) {
  const title = (name: 'day' | 'time' | 'customer' | 'purposes' | 'place' | 'costs') => t(`visitPlans:column.${name}`)
  const total = sumOf(lines.flatMap(({ spendings }) => spendings))
  return {
    kind: 'table' as const,
    columns: [
      { title: title('day'), width: 20 },
      { title: title('time'), width: 15 },
      { title: title('customer') },
      { title: title('purposes'), width: 34 },
      { title: title('place') },
      { title: title('costs'), width: 20, align: 'right' as const },
    ],
    rows: lines.map((line) => [
      dayWords(t, dateText(line.startsAt)),
      hourText(t, line),
      partyOf(line),
      purposesOf(t, line),
      line.place ?? '',
      line.spendings.length > 0 ? moneyText(sumOf(line.spendings)) : '',
    ]),
    ...(total === '0.00' ? {} : { totals: [[t('visitPlans:column.sum'), '', '', '', '', moneyText(total)]] }),
  }
}

const partyOf = ({ party, customer }: PlanLine): string => (customer?.grade ? `${party}（${customer.grade}）` : party)
export const purposesOf = (t: Translate, { purposes }: PlanLine): string =>
  purposes.map((one) => t(`visits:purpose.${one}`)).join(t('web:comma'))
