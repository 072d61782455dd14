import type { Contract } from '../../../prisma/client/client.ts'
import { ContractKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import type { Chosen } from '../ledger/choosing.ts'
import { creditPolicy } from '../policy.ts'
import type { ContractOf } from './queries.ts'
import { standingOf, type Standing } from './rules.ts'

export const tones = { coming: 'wait', inForce: 'ok', ended: 'bad', over: 'bad' } as const satisfies Record<
  Standing,
  string
>

export const textDates = ({ startsOn, endsOn, endedOn }: Pick<Contract, 'startsOn' | 'endsOn' | 'endedOn'>) => ({
  startsOn: dayText(startsOn),
  endsOn: dayText(endsOn),
  endedOn: dayText(endedOn),
})

type About = {
  now: Date
  recorder: string
  others: { number: string }[]
  shipments: { number: number; lastShipped: string }
}

/** /contracts/:number */
export function contractPage(actor: Actor, contract: ContractOf, { now, recorder, others, shipments }: About) {
  const t = translate[actor.language]
  const dates = textDates(contract)
  const standing = standingOf(dates, dateText(now))
  const mayEnd = creditPolicy.contracts(actor, contract) && contract.endedOn === null && standing !== 'over'
  return {
    contract: { number: contract.number },
    title: t('credit:contract', { number: contract.number }),
    customer: {
      name: contract.customer.name,
      grade: contract.customer.grade,
      href: `/credit/customers/${contract.customer.number}`,
    },
    state: { tone: tones[standing], word: t(`contracts:standing.${standing}`) },
    ending: mayEnd ? `/contracts/${contract.number}/ending` : null,
    callout:
      others.length > 0
        ? { text: t('contracts:overlaps', { list: others.map(({ number }) => number).join(t('web:comma')) }) }
        : null,
    facts: factsOf(t, contract, recorder),
    shipments: {
      href: `/shipments?customer=${contract.customer.number}`,
      text:
        shipments.number === 0
          ? t('contracts:noShipments')
          : t('contracts:shipments', { n: shipments.number, on: shipments.lastShipped }),
    },
  }
}

function factsOf(t: Translate, contract: ContractOf, recorder: string) {
  const { startsOn, endsOn, endedOn } = textDates(contract)
  const known = (label: string, value: string | null, more: object = {}) => (value ? [{ label, value, ...more }] : [])
  return [
    { label: t('contracts:field.kind'), value: t(`credit:contractKind.${contract.kind}`) },
    { label: t('contracts:field.signedOn'), value: dayText(contract.signedOn) },
    { label: t('contracts:dates'), value: `${startsOn} – ${endsOn}` },
    { label: t('contracts:field.termDays'), value: t('credit:days', { n: contract.termDays }) },
    ...known(t('contracts:field.document'), contract.document),
    { label: t('contracts:recorded'), value: `${recorder} ${dateTimeText(contract.recordedAt)}` },
    { label: t('contracts:field.terms'), value: contract.terms, wide: true, lines: true },
    ...known(t('contracts:field.note'), contract.note, { wide: true, lines: true }),
    ...known(t('contracts:field.endedOn'), endedOn),
    ...known(t('contracts:field.reason'), contract.endedReason, { wide: true, lines: true }),
  ]
}

/** /contracts/new */
export function newPage(
  actor: Actor,
  { customer, known, now }: { customer: Chosen | null; known: { number: string; name: string } | null; now: Date },
) {
  const t = translate[actor.language]
  const today = dateText(now)
  return {
    customer,
    home: customer ? `/credit/customers/${customer.number}` : '/contracts',
    kinds: Object.values(ContractKind).map((value) => ({ value, word: t(`credit:contractKind.${value}`) })),
    today,
    yearEnd: `${today.slice(0, 4)}-12-31`,
    callout: known && {
      tone: 'warn' as const,
      text: t('contracts:known', known),
      act: { href: `/contracts/${known.number}`, word: t('ledger:form.seeKnown') },
    },
  }
}

/** /contracts/:number/ending */
export function endingPage(actor: Actor, contract: ContractOf, lastShipped: string, now: Date) {
  const t = translate[actor.language]
  const today = dateText(now)
  const { startsOn, endsOn } = textDates(contract)
  return {
    contract: { number: contract.number, version: contract.version },
    customer: contract.customer.name,
    home: `/contracts/${contract.number}`,
    dates: `${startsOn} – ${endsOn}`,
    last: lastShipped ? t('contracts:lastShipped', { on: lastShipped }) : '',
    on: today < startsOn ? startsOn : today,
  }
}
