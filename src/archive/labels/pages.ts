import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { labelsOnSheet } from '../../documents/labels.ts'
import { searchOf } from '../list/address.ts'
import { sealOf } from '../marks.ts'
import { placeText } from '../places.ts'
import { archiveTabs } from '../tabs.ts'
import { mostLabels, type LabelQuery } from './forms.ts'
import type { Labelled } from './queries.ts'
import { labelProblems } from './rules.ts'

/** /archive/labels: what will be printed, on which paper, from which label on. */
export function labelsPage(actor: Actor, query: LabelQuery, found: Labelled[]) {
  const t = translate[actor.language]
  const [problem] = labelProblems(found)
  const shown = found.slice(0, mostLabels)
  return {
    tabs: archiveTabs(actor, '/archive'),
    problem: problem ? t(problem.reason, problem.params) : null,
    kept: keptOf(query),
    back: query.all ? `/archive?${searchOf(query.all)}` : '/archive',
    count: shown.length,
    rows: shown.map((one) => ({
      number: one.number,
      href: `/archive/items/${one.number}`,
      seal: sealOf(one.secrecy),
      place: placeText(one.place),
      keeper: one.keeper,
    })),
    start: query.start,
    sheet: labelsOnSheet,
    paper: query.roll ? 'roll' : 'sheet',
    papers: (['sheet', 'roll'] as const).map((value) => ({ value, word: t(`archiveList:labelling.paper.${value}`) })),
  }
}

function keptOf({ numbers, volume, all }: LabelQuery): Record<string, string> {
  if (all) return { all: 'on', ...Object.fromEntries(new URLSearchParams(searchOf(all))) }
  if (volume) return { file: volume.file, volume: String(volume.n) }
  return numbers.length > 0 ? { item: numbers.join(',') } : {}
}
