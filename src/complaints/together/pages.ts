import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { handlersToChoose } from '../handlers.ts'
import { toneOf, whoOf } from '../list/cells.ts'
import { mostTogether } from './forms.ts'
import { departmentsToGive, pickedFor, titlesOf, type Act, type Batch } from './queries.ts'

/** One act for several complaints: what it asks, and those it is about. */
export async function manyPage(actor: Actor, act: Act, numbers: readonly string[]) {
  const t = translate[actor.language]
  const tooMany = numbers.length > mostTogether
  const rows = tooMany ? [] : await pickedFor(actor, numbers)
  return {
    act,
    rows: rows.map((row) => ({
      number: row.number,
      version: row.version,
      title: row.title,
      who: whoOf(row, t),
      level: row.level,
      state: { tone: toneOf(row.state), word: t(`complaints:state.${row.state}`) },
      owner: row.owner ?? t('complaints:unassigned'),
      department: row.department ?? '',
    })),
    ...(act === 'assign' ? await choicesOf(actor) : { departments: [], handlers: [] }),
    levels: (['important', 'major'] as const).map((value) => ({ value, word: t(`complaints:level.${value}`) })),
    nothing: {
      heading: t(tooMany ? 'complaintList:bulk.tooMany' : 'complaintList:bulk.nothing', { most: mostTogether }),
      hint: t(tooMany ? 'complaintList:bulk.tooManyHint' : 'complaintList:bulk.nothingHint'),
      next: { href: '/complaints', word: t('complaintList:bulk.toList') },
    },
  }
}

async function choicesOf(actor: Actor) {
  const t = translate[actor.language]
  const [departments, handlers] = await Promise.all([departmentsToGive(), handlersToChoose({ accused: [] })])
  return {
    departments: departments.map(({ id, name }) => ({ value: String(id), word: name })),
    handlers: handlers.map(({ id, number, name, department }) => ({
      value: String(id),
      word: `${name} ${number}`,
      group: department?.name ?? t('judging:assign.none'),
    })),
  }
}

/** /complaints/together/:batch: what became of each; those left as they were come first. */
export async function batchPage(actor: Actor, { act, outcomes }: Batch) {
  const t = translate[actor.language]
  const titles = await titlesOf(
    actor,
    outcomes.map(({ number }) => number),
  )
  const rows = outcomes.map(({ number, whys }) => ({
    number,
    title: titles.get(number) ?? null,
    tone: whys.length > 0 ? 'bad' : 'ok',
    word: t(whys.length > 0 ? 'complaintList:bulk.left' : 'complaintList:bulk.done'),
    whys: whys.map(({ rule, reason, params }) => ({ sentence: t(reason, params), rule: { id: rule } })),
  }))
  const left = rows.filter(({ tone }) => tone === 'bad')
  return {
    act: t(`complaintList:bulk.${act}`),
    rows: [...left, ...rows.filter(({ tone }) => tone === 'ok')],
    lede: t('complaintList:bulk.result', { done: rows.length - left.length, left: left.length }),
  }
}
