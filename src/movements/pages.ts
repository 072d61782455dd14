import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { kinds, measures, type ListQuery } from './forms.ts'
import { mayDesignate, movementPolicy } from './policy.ts'
import { listMost, type MovementRecord } from './queries.ts'
import { stateOf } from './rules.ts'

const tones = { late: 'bad', out: 'go', back: 'ok' } as const

export function listPage(actor: Actor, { tab }: ListQuery, rows: MovementRecord[], now: Date) {
  const t = translate[actor.language]
  return {
    tabs: archiveTabs(actor, '/movements'),
    views: (['open', 'all'] as const).map((name) => ({
      href: name === 'open' ? '/movements' : '/movements?tab=all',
      word: t(`movements:tab.${name}`),
      current: name === tab,
    })),
    rows: rows.map((row) => ({
      ...rowOf(t, row, now),
      back: row.backAt === null && movementPolicy.takeBack(actor, row) ? `/movements/${row.number}/back` : null,
    })),
    count: t('movements:count', { n: rows.length === listMost ? `${listMost}+` : rows.length }),
    mayRecord: mayEver(actor, 'movements.record'),
    mayDesignate: mayDesignate(actor),
    nothing: { heading: t(`movements:none.${tab}`), hint: t('movements:noneHint') },
  }
}

const dueDay = (dueAt: Date) => dateText(new Date(dueAt.getTime() - 1))

function rowOf(t: Translate, row: MovementRecord, now: Date) {
  const state = stateOf(row, now)
  return {
    href: `/movements/${row.number}`,
    number: row.number,
    kind: t(`movements:kind.${row.kind}`),
    what: row.copyNumber ?? row.itemNumber,
    title: row.title,
    mark: t(`archive:mark.${row.secrecy}`),
    way: `${row.fromWhom} → ${row.toWhom}`,
    carrier: row.carrier,
    out: dateTimeText(row.outAt),
    due: row.dueAt ? dueDay(row.dueAt) : '',
    backAt: row.backAt ? dateTimeText(row.backAt) : '',
    state: { tone: tones[state], word: t(`movements:state.${state}`) },
  }
}

export function movementPage(actor: Actor, row: MovementRecord, now: Date) {
  const t = translate[actor.language]
  const said = rowOf(t, row, now)
  return {
    tabs: archiveTabs(actor, '/movements'),
    movement: { number: row.number, title: t('movements:one', { number: row.number }) },
    state: said.state,
    facts: [
      { label: t('movements:field.kind'), value: said.kind },
      { label: t('movements:field.what'), value: `${said.what} ${said.title}`.trim(), href: whatHref(row) },
      { label: t('movements:field.mark'), value: said.mark },
      ...(row.loanNumber
        ? [{ label: t('movements:field.loan'), value: row.loanNumber, href: `/loans/${row.loanNumber}` }]
        : []),
      { label: t('movements:field.fromWhom'), value: row.fromWhom },
      { label: t('movements:field.toWhom'), value: row.toWhom },
      { label: t('movements:field.carrier'), value: row.carrier },
      { label: t('movements:field.measure'), value: t(`movements:measure.${row.measure}`) },
      { label: t('movements:field.outAt'), value: said.out },
      { label: t('movements:field.dueOn'), value: said.due },
      { label: t('movements:field.backAt'), value: said.backAt },
      { label: t('movements:field.recordedBy'), value: row.recordedBy },
      ...(row.note ? [{ label: t('movements:field.note'), value: row.note, wide: true, lines: true }] : []),
    ],
    slip: movementPolicy.view(actor, row) ? `/movements/${row.number}/slip.pdf` : null,
    back: row.backAt === null && movementPolicy.takeBack(actor, row) ? `/movements/${row.number}/back` : null,
  }
}

const whatHref = ({ copyNumber, itemNumber }: MovementRecord) =>
  copyNumber ? `/copies/${copyNumber}` : `/archive/items/${itemNumber}`

type Carrier = { number: string; name: string }
type Asked = { what: string; from: string; dueOn: string; needsLoan: string | null }

export function newPage(actor: Actor, carriers: Carrier[], asked: Asked, now: Date) {
  const t = translate[actor.language]
  return {
    tabs: archiveTabs(actor, '/movements'),
    given: { ...asked, today: dateText(now) },
    kinds: kinds.map((value) => ({ value, word: t(`movements:kind.${value}`) })),
    measures: measures.map((value) => ({ value, word: t(`movements:measure.${value}`) })),
    carriers: carriers.map(({ number, name }) => ({ value: number, word: `${name} ${number}` })),
    mayDesignate: mayDesignate(actor),
    reasons: [
      ...(carriers.length > 0
        ? []
        : [
            {
              act: t('movements:cannot'),
              reason: t('movements:nobody'),
              rule: { id: 'ARC-14' },
              ...(mayDesignate(actor) ? { next: { href: '/designations/new', word: t('designations:new') } } : {}),
            },
          ]),
      ...(asked.needsLoan
        ? [
            {
              act: t('movements:cannot'),
              // What did not happen stands in `act`.
              reason: t('movements:refused.noLoan', { number: asked.needsLoan }).replace(/^[^：:]*[：:]\s*/u, ''),
              rule: { id: 'ARC-04' },
              next: { href: `/loans/new?item=${asked.needsLoan}`, word: t('movements:toLoan') },
            },
          ]
        : []),
    ],
  }
}

export function backPage(actor: Actor, row: MovementRecord) {
  const t = translate[actor.language]
  return {
    movement: { number: row.number, version: row.version },
    lede: [row.copyNumber ?? row.itemNumber, row.carrier, t(`movements:measure.${row.measure}`)].join(' · '),
    answers: (['yes', 'no'] as const).map((value) => ({ value, word: t(`movements:sound.${value}`) })),
  }
}
