import type { Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import type { CreditCustomer } from '../queries.ts'
import type { Figure } from '../reckoning.ts'
import type { Grounds } from './queries.ts'
import { fenYuan } from '../saying.ts'

type Ground = {
  word: string
  met: boolean
  tag: { tone: 'ok' | 'bad'; word: string }
  fact: string
  href: string | null
}

/** CRD-01: each condition, whether it is met, and by what. */
export function groundsShown(t: Translate, customer: CreditCustomer, figure: Figure, found: Grounds): Ground[] {
  const { confirmed, identity, contract, lastYear, closed } = figure
  const home = `/customers/${customer.number}`
  const confirmedOn = found.confirmedAt
    ? t('creditFigure:grounds.confirmedOn', { day: dateText(found.confirmedAt) })
    : ''
  const until = { number: found.contract ?? '', until: found.endsOn ?? '' }
  return [
    ground(t, 'confirmed', confirmed, confirmed ? confirmedOn : t('creditFigure:grounds.confirmedNot'), home),
    ground(
      t,
      'identity',
      identity,
      identity ? (found.identity ?? '') : t('creditFigure:grounds.identityNot'),
      identity && found.identity ? `/archive/items/${found.identity}` : `${home}#archived`,
    ),
    ground(
      t,
      'contract',
      contract,
      contract && found.contract
        ? t('creditFigure:grounds.contractText', until)
        : t('creditFigure:grounds.contractNot'),
      contract && found.contract ? `/contracts/${found.contract}` : `/contracts?tab=all&q=${customer.number}`,
    ),
    ground(
      t,
      'lastYear',
      lastYear === 0,
      lastYear === 0
        ? t('creditFigure:grounds.lastYearClear')
        : t('creditFigure:grounds.lastYearNot', { amount: fenYuan(t, lastYear) }),
      null,
    ),
    ...(closed ? [ground(t, 'closed', false, t('creditFigure:grounds.closedNot'), home)] : []),
  ]
}

type Name = 'confirmed' | 'identity' | 'contract' | 'lastYear' | 'closed'

const ground = (t: Translate, name: Name, met: boolean, fact: string, href: string | null): Ground => ({
  word: t(`creditFigure:grounds.${name}`),
  met,
  tag: { tone: met ? 'ok' : 'bad', word: t(met ? 'creditFigure:grounds.ok' : 'creditFigure:grounds.missing') },
  fact,
  href,
})
