import type { Refusal } from '../lib/refused.ts'
import { cleanText } from '../lib/text.ts'
import { daysBetween } from './runs.ts'
import { statutoryRest } from './rules.ts'
import type { StatutoryDay } from './statutory.ts'
import { isDay } from './week.ts'

type Span = { from: string; until: string }
type Read = { days: StatutoryDay[]; problems: Refusal[] }

// 2月15日, 2027年2月15日, 2027-02-15; the end of a span may be a mere 23日.
const date = String.raw`(?:(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*日|(\d{4})[-/.](\d{1,2})[-/.](\d{1,2}))`
const spans = new RegExp(String.raw`${date}(?:\s*(?:至|到|[-–—~～])\s*(?:${date}|(\d{1,2})\s*日))?`, 'gu')
const off = /放假|休息|\boff\b/iu
const on = /上班|补班|\bwork(?:ing)?\b/iu
const fillers =
  /放假|调休|休息|上班|补班|补|与周末连休|共|\d+\s*天|\b(?:day )?off\b|\bwork(?:ing)?\b|[、,，;；。:：和及]/giu

/**
 * The state's arrangement as pasted: lines such as 2027-02-06–2027-02-12 放假 春节, or the sentences of the State
 * Council's notice as they stand. Every line that cannot be read is named, with what it lacks.
 */
export function readArrangement(text: string, year: number): Read {
  const days = new Map<string, StatutoryDay>()
  const problems: Refusal[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const line = cleanText(raw)
    if (line === '' || isAround(line, year)) continue
    const tell = (reason: Refusal['reason'], params = {}) =>
      problems.push({
        rule: 'CAL-01',
        reason,
        field: 'lines',
        params: { line: index + 1, text: short(line), ...params },
      })
    readLine(line, year, days, tell)
  }
  const rest = [...days.values()].filter(({ working }) => !working).length
  if (problems.length === 0 && rest < statutoryRest)
    problems.push({
      rule: 'CAL-01',
      reason: 'calendar:refused.tooFew',
      field: 'lines',
      params: { year, n: rest, least: statutoryRest },
    })
  return { days: [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1)), problems: problems.slice(0, 20) }
}

/** What stands around the arrangement when the whole notice is pasted: whom it is for, why, and the day it was signed. */
function isAround(line: string, year: number): boolean {
  const [found, another] = line.matchAll(spans)
  if (!found) return line.length > 20 || !(off.test(line) || on.test(line))
  return !another && found[0] === line && spanOf(found, year).from < `${year - 1}-12-01`
}

type Tell = (reason: Refusal['reason'], params?: Record<string, string | number>) => void

function readLine(line: string, year: number, into: Map<string, StatutoryDay>, tell: Tell): void {
  // What stands in brackets explains: （农历正月初一、周二）.
  const plain = line.replace(/[（(][^）)]*[）)]/gu, ' ')
  const lead = /^\s*(?:[一二三四五六七八九十]+[、.]|\d{1,2}[、.)])?\s*([^:：\d]{1,30})[:：]/u.exec(plain)
  const sentences = plain
    .slice(lead?.[0].length ?? 0)
    .split(/[。;；]/u)
    .filter((one) => one.trim() !== '')
  const name = lead?.[1]?.trim() || nameIn(sentences[0] ?? '')
  if (name === '') return tell('calendar:refused.line.name')
  for (const sentence of sentences) readSentence(sentence, { name, year }, into, tell)
}

function readSentence(
  sentence: string,
  about: { name: string; year: number },
  into: Map<string, StatutoryDay>,
  tell: Tell,
) {
  const found = [...sentence.matchAll(spans)].map((match) => spanOf(match, about.year))
  const working = on.test(sentence)
  if (found.length === 0) return tell('calendar:refused.line.date')
  if (working === off.test(sentence)) return tell('calendar:refused.line.kind')
  for (const span of found) enter(span, { ...about, working }, into, tell)
}

function enter(
  { from, until }: Span,
  { name, year, working }: { name: string; year: number; working: boolean },
  into: Map<string, StatutoryDay>,
  tell: Tell,
): void {
  const wrong = [from, until].find((day) => !isDay(day))
  if (wrong) return tell('calendar:refused.line.noDay', { day: wrong })
  if (until < from) return tell('calendar:refused.line.backward', { from, until })
  // The New Year's holiday may begin in December.
  if (from < `${year - 1}-12-01` || until > `${year}-12-31`)
    return tell('calendar:refused.line.otherYear', { day: from, year })
  const days = daysBetween(from, until)
  if (days.length > 31) return tell('calendar:refused.line.tooLong', { n: days.length })
  const twice = days.find((day) => (into.get(day)?.working ?? working) !== working)
  if (twice) return tell('calendar:refused.line.twice', { day: twice })
  for (const day of days) if (!into.has(day)) into.set(day, { day, working, name })
}

function spanOf(match: RegExpMatchArray, year: number): Span {
  const [, y1, m1, d1, y2, m2, d2, y3, m3, d3, y4, m4, d4, d5] = match
  const from = dayOf(y1 ?? y2 ?? year, m1 ?? m2, d1 ?? d2)
  const month = m3 ?? m4
  if (d5) return { from, until: `${from.slice(0, 8)}${d5.padStart(2, '0')}` }
  if (!month) return { from, until: from }
  // A span without years that runs over the year's end begins in the year before.
  const start = !y1 && !y2 && !y3 && Number(month) < Number(m1) ? dayOf(year - 1, m1, d1) : from
  return {
    from: start,
    until: dayOf(y3 ?? y4 ?? (y1 && start.slice(0, 4) === String(y1) ? y1 : year), month, d3 ?? d4),
  }
}

const dayOf = (year: string | number, month = '', day = '') =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`

/** Without a leading 春节： the name is what is left when everything else is taken away. */
function nameIn(sentence: string): string {
  return cleanText(sentence.replace(spans, ' ').replace(fillers, ' ')).slice(0, 30)
}

const short = (line: string) => (line.length > 24 ? `${line.slice(0, 24)}…` : line)
