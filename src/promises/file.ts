import type { Actor } from '../access/actor.ts'
import { letOut } from '../exports/leaving.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { Download } from '../web/route.ts'
import type { PromiseQuery } from './forms.ts'
import { everyPromise } from './list.ts'
import type { PromiseRow } from './queries.ts'
import { sourceOf } from './rows.ts'

const columns = [
  'number',
  'what',
  'customer',
  'promisedTo',
  'promisedOn',
  'owner',
  'dueOn',
  'standing',
  'ended',
  'result',
  'told',
  'source',
] as const
type Column = (typeof columns)[number]

/** CUS-15: the list as a spreadsheet; in the trail before its first byte and after its last. */
export async function exportPromises(actor: Actor, query: PromiseQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const { after: _after, ...conditions } = query
  return letOut(actor, {
    as: 'promise.export',
    asked: { query: conditions },
    sheet: t('promises:title'),
    header: columns.map((column) => t(`promises:column.${column}`)),
    rows: linesOf(actor, query, now),
    at: now,
  })
}

async function* linesOf(actor: Actor, query: PromiseQuery, now: Date): AsyncGenerator<string[]> {
  const t = translate[actor.language]
  for await (const row of everyPromise(actor, query, now)) {
    const cells = cellsOf(t, row)
    yield columns.map((column) => cells[column])
  }
}

function cellsOf(t: Translate, row: PromiseRow): Record<Column, string> {
  const { number, what, owner, promisedOn, dueOn, endedAt, result, toldAt, toldWhom } = row
  return {
    number,
    what,
    customer: row.customer ? `${row.customer.name} ${row.customer.number}` : row.about ? t('tasks:unseen') : '',
    promisedTo: row.promisedTo ?? '',
    promisedOn,
    owner,
    dueOn,
    standing: t(`promises:standing.${row.standing}`),
    ended: endedAt ? dateText(endedAt) : '',
    result: result ?? '',
    told: toldAt ? `${dateTimeText(toldAt)} ${toldWhom ?? ''}`.trim() : '',
    source: sourceOf(row)?.word ?? '',
  }
}
