import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import type { PartOf } from '../../web/parts.ts'
import { creditPolicy } from '../policy.ts'
import type { CreditCustomer } from '../queries.ts'
import { textDates, tones } from './pages.ts'
import { contractsOf } from './queries.ts'
import { standingOf } from './rules.ts'

/** CRD-01: the contracts of a customer, beside its figure. */
export const contractsPart: PartOf<CreditCustomer> = {
  section: async (actor, customer, now) => ({
    view: 'credit/contracts/section',
    place: 'margin',
    model: { contracts: await contractsModel(actor, customer, now) },
  }),
  acts: (actor, customer) =>
    creditPolicy.contracts(actor, customer)
      ? [{ href: `/contracts/new?customer=${customer.number}`, word: 'contracts:act.new', rank: 'menu' }]
      : [],
}

async function contractsModel(actor: Actor, customer: CreditCustomer, now: Date) {
  const t = translate[actor.language]
  return {
    add: creditPolicy.contracts(actor, customer) ? `/contracts/new?customer=${customer.number}` : null,
    rows: (await contractsOf(customer.id)).map((contract) => {
      const dates = textDates(contract)
      const standing = standingOf(dates, dateText(now))
      return {
        href: `/contracts/${contract.number}`,
        number: contract.number,
        kind: t(`credit:contractKind.${contract.kind}`),
        dates: `${dates.startsOn} – ${dates.endedOn || dates.endsOn}`,
        term: t('credit:days', { n: contract.termDays }),
        state: { tone: tones[standing], word: t(`contracts:standing.${standing}`) },
      }
    }),
  }
}
