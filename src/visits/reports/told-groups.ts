import { PurposeReached } from '../../../prisma/client/enums.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import type { Question } from '../questions/queries.ts'
import type { Visit } from '../queries.ts'
import { longestSection, sectionNames } from './fields.ts'
import { rowsIn, type Field, type Group, type Reader } from './groups.ts'
import type { Beside, Report } from './queries.ts'

export function resultGroup(reader: Reader, report: Report | null): Group {
  const t = translate[reader.language]
  const options = Object.values(PurposeReached).map((value) => ({ value, word: t(`visits:reached.${value}`) }))
  return {
    id: 'result',
    heading: t('visitReports:section.result'),
    rule: 'VIS-06',
    fields: [
      {
        name: 'reached',
        label: t('visitReports:field.reached'),
        type: 'choices',
        span: 12,
        required: true,
        options,
        value: report?.reached ?? '',
      },
      ...sectionNames.map((name): Field => ({
        name,
        label: t(`visitReports:field.${name}`),
        type: 'textarea',
        lines: name === 'content' ? 3 : 2,
        span: name === 'content' ? 12 : 6,
        required: true,
        value: report?.[name] ?? '',
        maxlength: longestSection,
        hint:
          name === 'content'
            ? t('visitReports:hint.content')
            : name === 'findings'
              ? t('visitReports:hint.findings')
              : null,
      })),
      {
        name: 'nextOn',
        label: t('visitReports:field.nextOn'),
        type: 'date',
        span: 6,
        value: report?.nextOn ? dayText(report.nextOn) : '',
        hint: t('visitReports:hint.nextOn'),
      },
    ],
  }
}

type Side = {
  visit: Visit
  report: Report | null
  beside: Beside
  companions: ReadonlyMap<bigint, string>
  mayKeep: boolean
}

/** Those planned are ticked from the start: most often they were there. */
export function peopleGroup(reader: Reader, { visit, report, beside, companions, mayKeep }: Side): Group {
  const t = translate[reader.language]
  const there = new Set(report?.companions ?? visit.companions)
  const checks = (name: 'met' | 'with', options: { name: string; word: string; value: boolean }[]): Field[] =>
    options.length > 0 ? [{ name, label: t(`visitReports:field.${name}`), type: 'checks', span: 12, options }] : []
  const met = beside.people.map((one) => ({
    name: `met-${one.id}`,
    word: [one.name, one.post].filter(Boolean).join(' '),
    value: report ? one.met : true,
  }))
  const along = [...companions].map(([id, word]) => ({ name: `with-${id}`, word, value: there.has(id) }))
  const label = (name: 'Name' | 'Post' | 'Phone' | 'Keep') => t(`visitReports:field.person${name}`)
  const line = (n: number): Field[] => [
    { name: `personName${n}`, label: label('Name'), span: 4, maxlength: 60 },
    { name: `personPost${n}`, label: label('Post'), span: 4, maxlength: 60 },
    ...(mayKeep
      ? [
          {
            name: `personPhone${n}`,
            label: label('Phone'),
            span: 4,
            maxlength: 200,
            inputmode: 'tel',
            hint: t('visitReports:hint.personKeep'),
          },
          { name: `personKeep${n}`, label: label('Keep'), type: 'checkbox', span: 12, value: false },
        ]
      : []),
  ]
  return {
    id: 'people',
    heading: t('visitReports:section.people'),
    ...(met.length === 0 ? { lede: t('visitReports:nobodyNamed') } : {}),
    fields: [
      ...checks('met', met),
      ...checks('with', along),
      {
        name: 'colleagues',
        label: t('visitReports:field.colleagues'),
        span: 12,
        maxlength: 300,
        hint: t('visitReports:hint.colleagues'),
      },
    ],
    rows: rowsIn(reader, 'person', t('visitReports:rows.people'), line, met.length === 0),
  }
}

/** Wish 46 */
export function askedGroup(reader: Reader, asked: readonly Question[], report: Report | null): Group {
  const answers = new Map(report?.answers.map(({ questionId, answer }) => [questionId, answer]))
  return {
    id: 'asked',
    heading: translate[reader.language]('visitReports:section.asked'),
    fields: asked.map(({ id, question, required }) => ({
      name: `answer-${id}`,
      label: question,
      type: 'textarea',
      lines: 2,
      span: 12,
      required,
      value: answers.get(id) ?? '',
      maxlength: longestSection,
    })),
  }
}

export function nextGroup(reader: Reader, now: Date): Group {
  const t = translate[reader.language]
  return {
    id: 'next',
    heading: t('visitReports:section.next'),
    lede: t('visitReports:nextLede'),
    fields: [
      {
        name: 'nextVisitOn',
        label: t('visitReports:field.nextVisitOn'),
        type: 'date',
        span: 6,
        attrs: { min: dateText(now) },
      },
    ],
    links: [{ href: '/visits/plans', word: t('visitReports:plansAt') }],
  }
}
