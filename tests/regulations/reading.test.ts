import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { translate } from '../../src/i18n.ts'
import { parameterNames, parameterOf, type ParameterName } from '../../src/regulations/parameters.ts'
import { readValues } from '../../src/regulations/reading.ts'
import { fieldOf, same, valueText } from '../../src/regulations/values.ts'

const read = (name: ParameterName, raw: Record<string, string>) => {
  const { values, problems } = readValues([name], raw)
  return problems.length > 0 ? problems.map(({ reason }) => reason.replace('regulations:refused.', '')) : values[name]
}
const numbers = parameterNames.filter((name) => parameterOf(name).type === 'number')

describe('CAL-03: a number at its bounds', () => {
  it.each(numbers)('%s takes both ends in, and nothing beyond', (name) => {
    const parameter = parameterOf(name)
    if (parameter.type !== 'number') throw new Error(name)
    const { min, max } = parameter
    const field = fieldOf(name)
    expect(read(name, { [field]: String(min) })).toBe(min)
    expect(read(name, { [field]: String(max) })).toBe(max)
    expect(read(name, { [field]: String(min - 1) })).toEqual([min > 0 ? 'bounds' : 'number'])
    expect(read(name, { [field]: String(max + 1) })).toEqual(['bounds'])
  })

  it('every value that is taken lies within the bounds, whatever is typed', () => {
    const name = 'customers.confirm_days'
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), (typed) => {
        const value = read(name, { [fieldOf(name)]: typed })
        return Array.isArray(value) || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 10)
      }),
    )
  })

  it.each([
    ['', ['number']],
    ['1.5', ['number']],
    ['-1', ['number']],
    ['两天', ['number']],
    ['３', 3],
    [' 2 ', 2],
  ])('%j', (typed, expected) => {
    expect(read('customers.confirm_days', { customers_confirm_days: typed })).toEqual(expected)
  })
})

describe('RULE-02: office hours', () => {
  const hours = (text: string) => read('calendar.office_hours', { calendar_office_hours: text })
  it.each([
    [
      '08:30-12:00 13:00-17:30',
      [
        { from: 510, until: 720 },
        { from: 780, until: 1050 },
      ],
    ],
    [
      '8:30 – 12:00、13:00 至 17:30',
      [
        { from: 510, until: 720 },
        { from: 780, until: 1050 },
      ],
    ],
    ['０８：３０－１７：３０', [{ from: 510, until: 1050 }]],
    ['00:00-24:00', [{ from: 0, until: 1440 }]],
    ['', ['ranges']],
    ['08:30-12:00 12:00-17:30', ['rangeOrder']],
    ['08:30-12:00 11:00-17:30', ['rangeOrder']],
    ['13:00-17:30 08:30-12:00', ['rangeOrder']],
    ['17:30-08:30', ['range']],
    ['08:30-08:30', ['range']],
    ['08:60-12:00', ['range']],
    ['08:30-24:01', ['range']],
    ['上午', ['range']],
    ['1:00-2:00 3:00-4:00 5:00-6:00 7:00-8:00 9:00-10:00', ['ranges']],
  ])('%s', (typed, expected) => {
    expect(hours(typed)).toEqual(expected)
  })
})

it('RULE-02: a choice is one of those listed, and has a name in both languages', () => {
  expect(read('auth.profile', { auth_profile: 'dengbao' })).toBe('dengbao')
  for (const typed of ['', 'Dengbao', '等保', 'toString'])
    expect(read('auth.profile', { auth_profile: typed })).toEqual(['choice'])
  expect(read('auth.profile', {})).toEqual(['choice'])
  for (const name of parameterNames) {
    const parameter = parameterOf(name)
    if (parameter.type !== 'choice') continue
    for (const option of parameter.options)
      for (const t of [translate.zh, translate.en]) expect(valueText(t, name, option)).not.toContain('regulations:')
  }
})

it('RULE-02: a week has at least one working day', () => {
  expect(read('calendar.weekdays', {})).toEqual(['weekdays'])
  expect(read('calendar.weekdays', { calendar_weekdays_7: 'on', calendar_weekdays_1: 'on' })).toEqual([1, 7])
})

describe('RULE-02: a ladder', () => {
  const ladder = (rungs: [string, string][]) => {
    const name = fieldOf('customers.confirm_ladder')
    const entries = rungs.flatMap(([to, days], at) => [
      [`${name}_to_${at + 1}`, to],
      [`${name}_days_${at + 1}`, days],
    ])
    return read('customers.confirm_ladder', Object.fromEntries(entries) as Record<string, string>)
  }

  it('goes up, and empty rows do not count', () => {
    expect(
      ladder([
        ['sales_director', '0'],
        ['', ''],
        ['general_manager', '3'],
      ]),
    ).toEqual([
      { to: 'sales_director', days: 0 },
      { to: 'general_manager', days: 3 },
    ])
    expect(
      ladder([
        ['dept_head', '2'],
        ['sales_director', '2'],
      ]),
    ).toHaveLength(2)
  })

  it.each([
    [[], ['ladder']],
    [
      [
        ['sales_director', '3'],
        ['general_manager', '2'],
      ],
      ['ladderOrder'],
    ],
    [[['sales_director', '']], ['rung']],
    [[['', '3']], ['rung']],
    [[['king', '3']], ['rung']],
    [[['owner', '251']], ['rung']],
    [
      [
        ['owner', '1'],
        ['owner', '1'],
      ],
      ['ladderTwice'],
    ],
  ] as [[string, string][], string[]][])('%j', (rungs, expected) => {
    expect(ladder(rungs)).toEqual(expected)
  })
})

it('all problems of a draft come at once', () => {
  const names: ParameterName[] = ['customers.confirm_days', 'customers.confirm_imported_days']
  const { problems } = readValues(names, { customers_confirm_days: '0', customers_confirm_imported_days: 'x' })
  expect(problems.map(({ field, rule }) => `${rule} ${field}`)).toEqual([
    'CAL-03 customers_confirm_days',
    'CAL-03 customers_confirm_imported_days',
  ])
})

it('values are the same whatever order their names stand in, as the database gives them back', () => {
  expect(same([{ to: 'owner', days: 1 }], [{ days: 1, to: 'owner' }])).toBe(true)
  expect(same([{ to: 'owner', days: 1 }], [{ days: 2, to: 'owner' }])).toBe(false)
})

it('RULE-02: what the product comes with, and every preset, could be typed by a person', () => {
  for (const name of numbers) {
    const parameter = parameterOf(name)
    if (parameter.type !== 'number') continue
    for (const value of [parameter.first, ...Object.values(parameter.presets ?? {})])
      expect(`${name} ${String(read(name, { [fieldOf(name)]: String(value) }))}`).toBe(`${name} ${value}`)
  }
})
