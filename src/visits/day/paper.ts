import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { edgesOf } from '../../documents/edge-words.ts'
import type { Block, Paper } from '../../documents/paper.ts'
import { renderDocument } from '../../documents/printer.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Download } from '../../web/route.ts'
import type { AroundDay } from './around.ts'
import { weekdayOf } from './days.ts'
import { ledeOf, routeOf } from './pages.ts'
import type { Day } from './queries.ts'
import { stopOf, type StopModel } from './stops.ts'

/** VIS-11: the way of a day on paper, to take along; that it was printed is in the trail. */
export async function printDay(actor: Actor, day: Day, around: AroundDay, now: Date): Promise<Download> {
  const { pdf, sha256 } = await renderDocument(paperOf(actor, day, around, now))
  await reading(actor, 'visit_day.printed', `staff:${day.who.id}`, { after: { onDay: day.on, sha256 } })
  return { type: 'application/pdf', fileName: `visits-${day.on}.pdf`, body: pdf }
}

export function paperOf(actor: Actor, day: Day, around: AroundDay, now: Date): Paper {
  const t = translate[actor.language]
  const title = t('visitDay:title')
  const { on, who } = day
  const route = routeOf(day)
  const stops = route.map((visit) => stopOf(actor, visit, around, now))
  const heading = t('visitDay:heading', {
    day: on,
    weekday: t(`calendar:weekday.${weekdayOf(on)}`),
    n: route.length,
  })
  const lede = ledeOf(t, route)
  return {
    ...edgesOf(actor, now, { document: title, middle: `${who.name} · ${on}`, left: t('visitDay:paper.rule') }),
    title: `${title} ${on} ${who.name}`,
    sections: [
      {
        title: heading,
        blocks: [
          ...(lede ? [{ kind: 'text' as const, text: lede }] : []),
          stops.length === 0 ? { kind: 'text', text: t('visitDay:paper.noVisit') } : tableOf(t, stops),
        ],
      },
    ],
  }
}

function tableOf(t: Translate, stops: StopModel[]): Block {
  return {
    kind: 'table',
    columns: [
      { title: t('visitDay:cell.time'), width: 26 },
      { title: t('visitDay:cell.customer') },
      { title: t('visitDay:cell.what') },
      { title: t('visitDay:cell.note'), width: 44 },
    ],
    rows: stops.map((stop) => [
      // To be ticked on the way.
      `□ ${stop.at}\n${stop.length}`,
      [stop.grade ? `${stop.party} ${stop.grade}` : stop.party, stop.where].filter(Boolean).join('\n'),
      stop.what.join('\n'),
      noteOf(t, stop),
    ]),
  }
}

function noteOf(t: Translate, stop: StopModel): string {
  return [
    stop.shows ? stop.state.word : '',
    stop.confirmed ? t('visitDay:stop.confirmed') : stop.unconfirmed ? t('visitDay:stop.unconfirmed') : '',
    stop.late?.tag.words ?? '',
    ...stop.promises.map(({ title, on }) => `${t('visitDay:stop.promise')} ${on} ${title}`),
    ...stop.whyNots.map(({ act, reason }) => act + reason),
    ...stop.marks,
    stop.others ?? '',
  ]
    .filter(Boolean)
    .join('\n')
}
