import type { Section } from '../../documents/paper.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { fact, joined, money, nameIn, signatures, tableOf, textBlock, waysSection, type Source } from './blocks.ts'
import { takenFacts } from './card.ts'
import { contactsSection, toldSections } from './contacts.ts'
import { courseBlock } from './course.ts'
import { approvalsSection, remedySections } from './remedies.ts'

/** CMP-20: the handling form: everything from receipt to closing. `liable`: what somebody is to pay is for few. */
export function formSections(source: Source, liable: boolean): Section[] {
  const { t, complaint } = source
  return [
    { title: t('papers:section.complaint'), blocks: [{ kind: 'facts', facts: takenFacts(source) }] },
    { title: t('papers:section.said'), blocks: [textBlock(complaint.what)] },
    { title: t('papers:section.course'), blocks: [courseBlock(source)] },
    judgementSection(source),
    ...findingSections(source),
    ...remedySections(source),
    approvalsSection(source),
    contactsSection(source),
    ...toldSections(source),
    ...(liable ? [liabilitiesSection(source)] : []),
    measuresSection(source),
    closingSection(source),
    signatures(t, [
      ['handler', complaint.owner?.name ?? ''],
      ['head', ''],
      ['customerService', ''],
      ['generalManager', ''],
    ]),
    waysSection(source),
  ]
}

function judgementSection({ t, complaint, content }: Source): Section {
  const { founded, reasonable, customerCause, judgement, cause } = complaint
  const title = t('papers:section.judgement')
  if (founded === null) return { title, blocks: [{ kind: 'text', text: t('papers:word.unjudged') }] }
  const word = (yes: boolean) => t(yes ? 'papers:word.yes' : 'papers:word.no')
  const facts = [
    fact(t('complaints:field.founded'), word(founded)),
    fact(t('complaints:field.reasonable'), reasonable === null ? '' : word(reasonable)),
    fact(t('complaints:field.customerCause'), word(customerCause)),
    fact(t('complaints:field.cause'), cause && t(`complaints:cause.${cause}`)),
    fact(t('complaints:field.judgement'), judgement),
    fact(t('papers:column.who'), nameIn(content, complaint.judgedById)),
  ]
  return { title, blocks: [{ kind: 'facts', facts }] }
}

function findingSections({ t, content: { report } }: Source): Section[] {
  if (!report) return []
  const facts = [
    fact(t('papers:section.cause'), report.cause),
    fact(t('papers:section.conclusion'), report.conclusion),
    fact(t('papers:section.countermeasure'), report.countermeasure),
    fact(t('papers:column.state'), t(`papers:reportState.${report.state}`)),
  ]
  return [{ title: t('papers:section.investigation'), blocks: [{ kind: 'facts', facts }] }]
}

function liabilitiesSection({ t, content }: Source): Section {
  const columns = [
    { title: t('papers:column.liable'), width: 40 },
    { title: t('papers:column.loss'), width: 24, align: 'right' as const },
    { title: t('papers:column.penalty'), width: 24, align: 'right' as const },
    { title: t('papers:column.reason') },
  ]
  const rows = content.liabilities.map((one) => [
    [one.department.name, one.staff?.name].filter(Boolean).join('\n'),
    money(one.loss),
    money(one.penalty),
    [
      one.delay && t('papers:word.forDelay'),
      one.reason,
      one.headId !== null &&
        t('papers:word.headPays', { name: nameIn(content, one.headId), amount: money(one.headPenalty) }),
    ]
      .filter(Boolean)
      .join('\n'),
  ])
  return { title: t('papers:section.liabilities'), blocks: [tableOf(t, columns, rows)] }
}

function measuresSection({ t, content }: Source): Section {
  const columns = [
    { title: '', width: 18 },
    { title: t('papers:column.measure') },
    { title: t('papers:column.owner'), width: 24 },
    { title: t('papers:column.due'), width: 26 },
    { title: t('papers:column.state'), width: 34 },
  ]
  const rows = content.measures.map((one) => [
    t(`complaints:action.${one.kind}`),
    one.measure,
    one.owner.name,
    dateText(one.dueOn),
    joined(t, [t(`papers:measureState.${one.state}`), one.checker?.name]),
  ])
  return { title: t('papers:section.measures'), blocks: [tableOf(t, columns, rows)] }
}

function closingSection({ t, complaint, content }: Source): Section {
  const { outcome, closedAt, closedById, closing, improvement, noImprovement, satisfaction } = complaint
  const facts = [
    fact(t('complaints:field.state'), t(`complaints:state.${complaint.state}`)),
    fact(t('complaints:field.outcome'), outcome && t(`complaints:outcome.${outcome}`)),
    fact(t('complaints:field.satisfaction'), satisfaction === null ? '' : t('papers:word.score', { n: satisfaction })),
    fact(t('complaints:field.compensation'), money(complaint.compensation)),
    fact(
      t('papers:closingField.improvement'),
      noImprovement ? joined(t, [t('papers:closingField.none'), improvement]) : improvement,
    ),
    fact(t('papers:closingField.closing'), closing),
    fact(t('papers:closingField.closedAt'), closedAt && dateTimeText(closedAt)),
    fact(t('papers:closingField.closedBy'), nameIn(content, closedById)),
  ]
  return { title: t('papers:section.closing'), blocks: [{ kind: 'facts', facts }] }
}
