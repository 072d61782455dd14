import type { Actor } from '../access/actor.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { origins, works, type DaysQuery } from './forms.ts'
import { arrangedIn, enteredYears } from './queries.ts'
import { runsOf, stampOf, type Run } from './runs.ts'
import { nameText, spanText } from './texts.ts'
import { isDay } from './week.ts'

export function addPage({ language }: Actor, query: DaysQuery, now: Date) {
  const t = translate[language]
  const day = isDay(query.day ?? '') ? query.day! : dateText(now)
  const origin = origins.find((one) => one === query.origin) ?? 'company'
  return { day, origin, origins: originOptions(t), works: workOptions(t), back: backTo(day) }
}

/** A company's run that has begun: only what is still to come can be changed. */
export function runPage({ language }: Actor, run: Run, now: Date) {
  const t = translate[language]
  const today = dateText(now)
  const from = run.origin === 'company' && run.from < today && today <= run.until ? today : run.from
  return {
    run: { ...run, from, work: run.working ? 'on' : 'off' },
    title: t('calendar:correct.title', { name: nameText(t, run.name), days: spanText(t, run) }),
    origin: t(`calendar:origin.${run.origin}`),
    works: workOptions(t),
    opened: stampOf(run),
    back: backTo(run.from),
  }
}

export async function yearPage({ language }: Actor, year: number) {
  const t = translate[language]
  const found = (await enteredYears()).find((one) => one.year === year)
  const days = (await arrangedIn(year)).filter(({ origin }) => origin === 'statutory')
  return {
    year,
    title: t('calendar:year.title', { year }),
    version: found?.version ?? 0,
    lines: runsOf(days)
      .map((run) => lineOf(t, run))
      .join('\n'),
    back: `/calendar?year=${year}`,
  }
}

/** As the form reads it: 2026-02-15–2026-02-23 放假 春节 */
function lineOf(t: Translate, { from, until, working, name }: Run): string {
  const days = from === until ? from : `${from}–${until}`
  return `${days} ${t(working ? 'calendar:arranged.on' : 'calendar:arranged.off')} ${name}`
}

const originOptions = (t: Translate) => origins.map((value) => ({ value, word: t(`calendar:origin.${value}`) }))
const workOptions = (t: Translate) => works.map((value) => ({ value, word: t(`calendar:choice.${value}`) }))
const backTo = (day: string) => `/calendar?year=${day.slice(0, 4)}`
