import { GiftOutcome, SpendingKind } from '../../../prisma/client/enums.ts'
import { translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import type { Cost } from '../spendings/queries.ts'
import { rowsIn, type Group, type Line, type Reader } from './groups.ts'
import type { Beside, Report } from './queries.ts'

export function costGroup(reader: Reader, costs: readonly Cost[]): Group {
  const t = translate[reader.language]
  const kinds = Object.values(SpendingKind).map((value) => ({ value, word: t(`visits:spending.${value}`) }))
  return {
    id: 'costs',
    heading: t('visitReports:section.costs'),
    rule: 'VIS-04',
    ...(costs.length > 0 ? { lede: t('visitReports:costsLede') } : {}),
    fields: costs.map(({ id, kind, what, total, state, actual }) => ({
      name: `actual-${id}`,
      label: `${t(`visits:spending.${kind}`)} · ${what}`,
      span: 6,
      value: actual ?? '',
      hint: t('visitReports:asked', { total: moneyText(total), state: t(`visits:spendingState.${state}`) }),
      maxlength: 30,
      inputmode: 'decimal',
    })),
    rows: rowsIn(reader, 'cost', t('visitReports:rows.costs'), (n): Line => [
      {
        name: `costKind${n}`,
        label: t('visitReports:field.costKind'),
        type: 'select',
        span: 3,
        options: kinds,
        value: kinds[0]!.value,
      },
      { name: `costWhat${n}`, label: t('visitReports:field.costWhat'), span: 6, maxlength: 100 },
      {
        name: `costAmount${n}`,
        label: t('visitReports:field.costAmount'),
        span: 3,
        maxlength: 30,
        inputmode: 'decimal',
      },
    ]),
  }
}

/** VIS-12: nothing is accepted, so there is no such outcome to choose. */
export function giftGroup(reader: Reader, { gifts }: Beside): Group {
  const t = translate[reader.language]
  const outcomes = Object.values(GiftOutcome).map((value) => ({ value, word: t(`visits:giftOutcome.${value}`) }))
  return {
    id: 'gifts',
    heading: t('visitReports:section.gifts'),
    rule: 'VIS-12',
    lede: t('visitReports:giftsLede'),
    recorded: gifts.map(({ what, outcome }) =>
      t('visitReports:giftLine', { what, outcome: t(`visits:giftOutcome.${outcome}`) }),
    ),
    fields: [],
    rows: rowsIn(reader, 'gift', t('visitReports:rows.gifts'), (n): Line => [
      { name: `giftWhat${n}`, label: t('visitReports:field.giftWhat'), span: 6, maxlength: 100 },
      {
        name: `giftOutcome${n}`,
        label: t('visitReports:field.giftOutcome'),
        type: 'select',
        span: 6,
        options: outcomes,
        blank: '',
      },
      {
        name: `giftBy${n}`,
        label: t('visitReports:field.giftBy'),
        span: 4,
        maxlength: 60,
        attrs: { list: 'd-people' },
      },
      { name: `giftWorth${n}`, label: t('visitReports:field.giftWorth'), span: 4, maxlength: 30, inputmode: 'decimal' },
      { name: `giftNote${n}`, label: t('visitReports:field.giftNote'), span: 4, maxlength: 300 },
    ]),
  }
}

/** VIS-15 */
export function authorityGroup(reader: Reader, report: Report | null): Group {
  const t = translate[reader.language]
  return {
    id: 'authority',
    heading: t('visitReports:section.authority'),
    rule: 'VIS-15',
    lede: t('visitReports:authorityLede'),
    fields: [
      {
        name: 'contractSigned',
        label: t('visitReports:field.contractSigned'),
        type: 'checkbox',
        span: 4,
        value: report?.contractSigned ?? false,
      },
      {
        name: 'contractSum',
        label: t('visitReports:field.contractSum'),
        span: 4,
        value: report?.contractSum?.toFixed(2) ?? '',
        maxlength: 30,
        inputmode: 'decimal',
        hint: t('visitReports:hint.contractSum'),
      },
      {
        name: 'moneyTaken',
        label: t('visitReports:field.moneyTaken'),
        span: 4,
        value: report?.moneyTaken?.toFixed(2) ?? '',
        maxlength: 30,
        inputmode: 'decimal',
        hint: t('visitReports:hint.moneyTaken'),
      },
    ],
  }
}
