import { describe, expect, it } from 'vitest'
import type { Role, SpendingKind } from '../../prisma/client/enums.ts'
import { parameters, type ParameterName, type Values } from '../../src/regulations/parameters.ts'
import { askedOf, isManager, limitOf } from '../../src/visits/posts.ts'
import { weigh } from '../../src/visits/spending.ts'

/** The figures as they are at first, and some set otherwise. */
const figures = (set: Partial<Values> = {}) => ({
  value: <N extends ParameterName>(name: N): Values[N] => (set[name] ?? parameters[name].first) as Values[N],
})

const posts = [
  ['sales', 20, 300, 200, 300],
  ['dept_head', 8, 800, 300, 800],
  ['area_manager', 8, 800, 300, 800],
  ['sales_director', 4, 2000, 500, 2000],
] as const satisfies readonly (readonly [Role, number, number, number, number])[]

describe('VIS-01: visits a month by post', () => {
  it.each(posts)(
    'VIS-01, CAL-03: visits.asked_sales, visits.asked_head, visits.asked_area, visits.asked_director: %s is asked for so many',
    (role, asked) => {
      expect(askedOf(figures(), [role])).toBe(asked)
    },
  )

  it('VIS-01: who has several posts is asked what the highest is; who has none, nothing', () => {
    expect(askedOf(figures({ 'visits.asked_director': 5 }), ['sales', 'sales_director'])).toBe(5)
    expect(askedOf(figures(), ['archivist'])).toBe(0)
  })

  it('VIS-10: from the department head upwards a contact is a manager’s', () => {
    expect(isManager(['sales', 'front_desk'])).toBe(false)
    expect(isManager(['sales', 'dept_head'])).toBe(true)
  })
})

describe('VIS-04: the limits of the posts', () => {
  const stateOf = (role: Role, kind: SpendingKind, price: string) =>
    weigh([{ kind, what: '样品', quantity: 1, price }], [], (one) => limitOf(figures(), [role], one))[0]!.state
  const just = (yuan: number) => [`${yuan}.00`, `${yuan}.01`] as const

  it.each(posts)(
    'VIS-04, CAL-03: visits.expense_sales, visits.expense_head, visits.expense_area, visits.expense_director: %s takes the limit itself in, a fen more is asked for',
    (role, _asked, expense) => {
      const [at, over] = just(expense)
      expect([stateOf(role, 'travel', at), stateOf(role, 'other', over)]).toEqual(['within', 'asked'])
    },
  )

  it.each(posts)(
    'VIS-04, CAL-03: visits.gift_sales, visits.gift_head, visits.gift_area, visits.gift_director: %s, by the piece',
    (role, _asked, _expense, gift) => {
      const [at, over] = just(gift)
      expect([stateOf(role, 'gift', at), stateOf(role, 'gift', over)]).toEqual(['within', 'asked'])
    },
  )

  it.each(posts)(
    'VIS-04, CAL-03: visits.entertainment_sales, visits.entertainment_head, visits.entertainment_area, visits.entertainment_director: %s',
    (role, _asked, _expense, _gift, entertainment) => {
      const [at, over] = just(entertainment)
      expect([stateOf(role, 'entertainment', at), stateOf(role, 'entertainment', over)]).toEqual(['within', 'asked'])
    },
  )

  it('VIS-04: others who visit have the limits of a sales person', () => {
    expect(stateOf('front_desk', 'travel', '300.01')).toBe('asked')
  })
})
