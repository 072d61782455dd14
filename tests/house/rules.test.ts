import { describe, expect, it } from 'vitest'
import { keysOf, translate, type Key } from '../../src/i18n.ts'
import {
  parameterNames,
  parameterOf,
  parametersOf,
  type Parameter,
  type ParameterName,
} from '../../src/regulations/parameters.ts'
import { fieldsOf, readValues } from '../../src/regulations/reading.ts'
import { chapters, isRule, register, ruleIds, type Rule } from '../../src/regulations/register.ts'
import { fieldOf, rangeText } from '../../src/regulations/values.ts'
import { apiRoutes, routes } from '../../src/routes.ts'
import { filesIn } from './files.ts'

const rows: [string, Rule][] = Object.entries(register)
const trades = ['car_dealer', 'utility', 'hotel', 'mall'] as const
const numbers = parameterNames.flatMap((name) => {
  const parameter = parameterOf(name)
  return parameter.type === 'number' ? [{ name, parameter }] : []
})

/** What the product says of itself; its design samples and the pictures beside the sign-in show rules still to come. */
const cited = [...filesIn('src', '.ts'), ...filesIn('views', '.ejs'), ...filesIn('public/js', '.js')].filter(
  ({ path }) => !/^(?:src|views)\/design\/|^views\/layout\/gate-start\.ejs$/.test(path),
)
const tests = filesIn('tests', '.ts')
/** The names of tests: what stands first in it(…), describe(…) and behind the table of an each(…). */
const testNames = tests.flatMap(({ text }) =>
  [...text.matchAll(/^\s*(?:(?:it|describe)\b[^'"`\n]*|[\])}`]+[^'"`\n]*)\(\s*(['"`])(.*?)\1/gms)].map(
    ([, , name]) => name!,
  ),
)
/** Everything a company of some trade may begin with. */
const beginnings = parameterNames.flatMap((name) => {
  const { first, presets = {} } = parameterOf(name)
  return [{ name, of: 'first', value: first as unknown }].concat(
    Object.entries(presets).map(([of, value]) => ({ name, of, value: value as unknown })),
  )
})
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name!))].toSorted()
const words = (key: string) => (['zh', 'en'] as const).map((language) => translate[language](key as Key))

describe('RULE-01: the register', () => {
  it('RULE-01: an id cited anywhere is registered', () => {
    const unknown = cited.flatMap(({ path, text }) =>
      [...text.matchAll(/\b[A-Z]{3,4}-\d{2}\b/g)]
        .filter(([id]) => !isRule(id) && !/^(?:SHA|UTF)-/.test(id))
        .map(([id]) => `${path}: ${id}`),
    )
    expect([...new Set(unknown)]).toEqual([])
  })

  it('RULE-01: what is registered is cited somewhere else, too', () => {
    const elsewhere = cited.filter(({ path }) => !path.startsWith('src/regulations/'))
    const text = elsewhere.map((file) => file.text).join('\n')
    expect(ruleIds.filter((id) => !/^(?:CAL|RULE)-/.test(id) && !text.includes(id))).toEqual([])
  })

  it.each(ruleIds)('RULE-01: %s is proven by a test that names it', (id) => {
    expect(testNames.filter((name) => name.includes(id))).not.toEqual([])
  })

  it.each(rows)('RULE-01: %s has its source, its kin and its places', (id, { source, related, places, chapter }) => {
    expect(chapters).toContain(chapter)
    expect(source).not.toBe('')
    expect(related.filter((other) => !isRule(other) || other === id)).toEqual([])
    expect(new Set(places).size).toBe(places.length)
    const paths = new Set(['everywhere', ...[...routes, ...apiRoutes].map(({ path }) => path)])
    expect(places.filter((place) => !paths.has(place))).toEqual([])
    expect(places).not.toEqual([])
  })

  it('RULE-01: every chapter has a rule', () => {
    expect(chapters.filter((chapter) => !rows.some(([, rule]) => rule.chapter === chapter))).toEqual([])
  })
})

describe('RULE-01: the words of a rule', () => {
  it.each(ruleIds)('RULE-01: %s says the same in both languages, with figures of its own', (id) => {
    const own = parametersOf(id).map(fieldOf)
    const [zh, en] = words(`rules:${id}.text`)
    expect(placeholders(en!)).toEqual(placeholders(zh!))
    expect(placeholders(zh!)).toEqual(own.toSorted())
  })

  it.each(ruleIds)('RULE-01: the chip of %s is short', (id) => {
    for (const article of words(`rules:${id}.article`)) expect(article.length).toBeLessThanOrEqual(12)
    const [title] = words(`rules:${id}.title`)
    expect(Array.from(title!).length).toBeLessThanOrEqual(12)
  })

  it('RULE-01: nothing is said of a place or a parameter that is not there', () => {
    const said = keysOf('zh').filter((key) => key.startsWith('rules:'))
    const parts = ['title', 'text', 'article', 'source']
    const known = rows.flatMap(([id, { places }]) => [
      ...parts.map((part) => `rules:${id}.${part}`),
      ...places.map((place) => `rules:${id}.acts.${place}`),
    ])
    const named = parameterNames.map((name) => `rules:parameter.${fieldOf(name)}`)
    const titled = chapters.map((chapter) => `rules:chapter.${chapter}`)
    expect(said.toSorted()).toEqual([...known, ...named, ...titled].toSorted())
  })

  it('RULE-01: a figure that can be set is not written out in a sentence', () => {
    const figures = numbers.filter(({ parameter: { unit } }) => !['character', 'percent'].includes(unit))
    const literal = figures.flatMap(({ name, parameter: { first, rule } }) =>
      words(`rules:${rule}.text`)
        .filter((text) => new RegExp(`(?<![\\d.])${first}(?![\\d.:])`).test(text))
        .map(() => name),
    )
    expect(literal).toEqual([])
  })
})

describe('RULE-02: the parameters', () => {
  it.each(parameterNames)('RULE-02: %s is read where the product acts', (name) => {
    const outside = cited.filter(({ path }) => path.startsWith('src/') && !path.startsWith('src/regulations/'))
    expect(outside.filter(({ text }) => text.includes(`'${name}'`)).map(({ path }) => path)).not.toEqual([])
  })

  it.each(beginnings)('RULE-02: $name may be what it is at first ($of)', ({ name, value }) => {
    const { values, problems } = readValues([name], typed(name, value))
    expect(problems).toEqual([])
    expect(values).toEqual({ [name]: value })
  })

  it.each(numbers)('CAL-03: $name has its sign, its bounds and a test at the number itself', ({ name, parameter }) => {
    expect(['≤', '<', '≥', '>']).toContain(parameter.sign)
    expect(parameter.min).toBeLessThanOrEqual(parameter.first)
    expect(parameter.first).toBeLessThanOrEqual(parameter.max)
    expect(testNames.filter((test) => test.includes('CAL-03') && test.includes(name))).not.toEqual([])
  })

  it.each(trades)('RULE-02: a %s begins with values of its own', (trade) => {
    const own = parameterNames.filter((name) => trade in (parameterOf(name).presets ?? {}))
    expect(own.length).toBeGreaterThanOrEqual(3)
    for (const name of own)
      expect((parameterOf(name).presets as Record<string, unknown>)[trade]).not.toEqual(parameterOf(name).first)
  })

  it('RULE-02: a company of any other trade begins with the first values', () => {
    expect(parameterNames.filter((name) => 'general' in (parameterOf(name).presets ?? {}))).toEqual([])
  })
})

/** As its form would send it. */
function typed(name: ParameterName, value: unknown): Record<string, string> {
  const fields = fieldsOf(name)
  const { type }: Parameter = parameterOf(name)
  if (type === 'number' || type === 'choice') return { [fields[0]!]: String(value) }
  if (type === 'ranges') return { [fields[0]!]: (value as { from: number; until: number }[]).map(rangeText).join(' ') }
  if (type === 'weekdays') return Object.fromEntries((value as number[]).map((day) => [fields[day - 1]!, 'on']))
  const rungs = value as { to: string; days: number }[]
  return Object.fromEntries(
    rungs.flatMap(({ to, days }, at) => [
      [fields[2 * at]!, to],
      [fields[2 * at + 1]!, String(days)],
    ]),
  )
}
