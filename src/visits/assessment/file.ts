import type { Actor } from '../../access/actor.ts'
import { letOut } from '../../exports/leaving.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Download } from '../../web/route.ts'
import { signatureOf } from './documents.ts'
import type { AssessmentQuery } from './forms.ts'
import { ordered } from './pages.ts'
import type { Assessed, Month } from './queries.ts'
import { figureNames } from './rules.ts'
import { scoreText, textOf } from './saying.ts'

/** CUS-15: the same figures as a spreadsheet; numbered, in the trail before its first byte and after its last. */
export async function exportAssessment(
  actor: Actor,
  query: AssessmentQuery,
  found: Month,
  now: Date,
): Promise<Download> {
  const t = translate[actor.language]
  return letOut(actor, {
    as: 'assessment.export',
    about: { month: found.month, unit: found.unit },
    sheet: `${t('assessment:title')} ${found.month}`,
    header: [
      t('assessment:who'),
      t('assessment:number'),
      t('assessment:department'),
      ...figureNames.map((name) => t(`assessment:figure.${name}`)),
      t('assessment:score'),
      t('assessment:signed.title'),
    ],
    rows: linesOf(t, found, ordered(found.people, query.sort)),
    at: now,
  })
}

async function* linesOf(t: Translate, found: Month, people: Assessed[]): AsyncGenerator<string[]> {
  for (const one of people) {
    const { person, figures, score, whole } = one
    const texts = figureNames.map((name) => textOf(name, figures))
    yield [
      person.name,
      person.number,
      person.department ?? '',
      ...texts,
      whole ? scoreText(score) : '',
      signatureOf(t, one),
    ]
  }
  for (const { name, figures } of [...found.units, { name: t('assessment:sum'), figures: found.sum }])
    yield ['', '', name ?? t('assessment:noDepartment'), ...figureNames.map((one) => textOf(one, figures)), '', '']
}
