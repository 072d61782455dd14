import { translate, type Language } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { moneyText } from '../../lib/money.ts'
import type { Visit } from '../queries.ts'
import type { Cost } from '../spendings/queries.ts'
import { sectionNames } from './fields.ts'
import type { Beside, Report } from './queries.ts'

export type Shown = { label: string; value: string; wide?: true; lines?: true }

type Source = { visit: Visit; report: Report; beside: Beside; costs: readonly Cost[] }

/** The report as it is read, on the visit's page and on paper. */
export function shownReport(language: Language, { visit, report, beside, costs }: Source): Shown[] {
  const t = translate[language]
  const all = (texts: string[]) => texts.join(t('web:comma'))
  const met = beside.people.filter((one) => one.met).map(({ name, post }) => [name, post].filter(Boolean).join(' '))
  const some = (name: 'costs' | 'gifts' | 'promises' | 'authority', texts: string[]): Shown[] =>
    texts.length > 0 ? [{ label: t(`visitReports:field.${name}`), value: all(texts), wide: true }] : []
  return [
    { label: t('visitReports:field.reached'), value: t(`visits:reached.${report.reached}`) },
    { label: t('visitReports:field.people'), value: all(met) || t('visitReports:nobodyMet') },
    { label: t('visitReports:field.companions'), value: all([visit.owner.name, ...report.there]) },
    ...sectionNames.map((name): Shown => ({
      label: t(`visitReports:field.${name}`),
      value: report[name],
      wide: true,
      lines: true,
    })),
    ...(report.nextOn ? [{ label: t('visitReports:field.nextOn'), value: dayText(report.nextOn) }] : []),
    ...report.answers.map(({ question, answer }): Shown => ({
      label: question.question,
      value: answer,
      wide: true,
      lines: true,
    })),
    ...some(
      'costs',
      costs.flatMap(({ what, actual }) =>
        actual === null ? [] : [t('visitReports:costLine', { what, amount: moneyText(actual) })],
      ),
    ),
    ...some(
      'gifts',
      beside.gifts.map(({ what, outcome }) =>
        t('visitReports:giftLine', { what, outcome: t(`visits:giftOutcome.${outcome}`) }),
      ),
    ),
    ...some('authority', [
      ...(report.contractSigned
        ? [
            report.contractSum
              ? t('visitReports:signedFor', { amount: moneyText(report.contractSum.toFixed(2)) })
              : t('visitReports:signed'),
          ]
        : []),
      ...(report.moneyTaken ? [t('visitReports:took', { amount: moneyText(report.moneyTaken.toFixed(2)) })] : []),
    ]),
  ]
}

/** Who submitted it and when, and whether the head has read it. */
export function standing(language: Language, visit: Visit, report: Report) {
  const t = translate[language]
  const tag = report.returnedAt
    ? { tone: 'warn', word: t('visitReports:field.returned') }
    : report.reviewedAt
      ? {
          tone: 'ok',
          word: t('visitReports:reviewedNote', { name: report.reviewer ?? '', at: dateTimeText(report.reviewedAt) }),
        }
      : { tone: 'wait', word: t('visitReports:notReviewed') }
  return {
    by: t('visitReports:by', { name: report.by, at: dateTimeText(report.submittedAt) }),
    late: visit.reportLate,
    tag,
    review: report.review,
    returned: report.returnedAt ? report.returnedReason : null,
  }
}
