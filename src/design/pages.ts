import type { Translate } from '../i18n.ts'
import {
  caseSpecimens,
  creditSpecimens,
  formSpecimens,
  kindsOf,
  listSpecimens,
  rowsOf,
  statusWords,
} from './specimens.ts'

/** /design: one specimen of each component in each state; made up, and never in production. */
export function designPage(t: Translate) {
  return {
    ...listSpecimens(t),
    ...formSpecimens(t),
    ...creditSpecimens(t),
    ...caseSpecimens(t),
    statuses: (['wait', 'go', 'ok', 'bad', 'warn'] as const).map((tone) => ({ tone, word: statusWords(t)[tone] })),
    deadlines: [
      { state: 'ontime', words: t('design:specimen.left'), moment: '17:30', datetime: '2026-11-24T17:30' },
      { state: 'soon', words: t('design:specimen.soon'), moment: '14:43' },
      { state: 'overdue', words: t('design:specimen.overdue'), moment: '13:40' },
      { state: 'paused', words: t('design:specimen.paused'), moment: t('design:specimen.pausedMoment') },
      { state: 'met', words: t('design:specimen.met') },
      { state: 'late', words: t('design:specimen.late') },
    ],
    seals: ['internal', 'secret', 'confidential', 'top'],
    levels: ['general', 'important', 'major'],
    grades: ['A', 'B', 'C'],
    errorPages: [400, 403, 404, 413, 422, 500],
    bars: [4, 0, 2, 1, 0, 0, 3, 1, 2, 0, 1, 0, 0, 2, 4, 1, 1, 0, 0, 0, 2, 1, 3, 1, 0, 0, 0, 2, 1, 1],
  }
}

/** /design/table: what 1,000 rows do to a page. */
export function tablePage(t: Translate) {
  return { rows: rowsOf(t, 1000), pager: { words: t('design:specimen.allWords') } }
}

/** /design/form: a form as a page and in a drawer. */
export function formPage(t: Translate) {
  return { kinds: kindsOf(t) }
}

/** /design/conflict: as web/conflict.ts makes it. */
export function conflictSpecimen(t: Translate) {
  const same = (shown: string) => ({ value: shown, shown })
  const [before, theirs, yours] = [
    t('design:specimen.addressOld'),
    t('design:specimen.addressNew'),
    t('design:specimen.addressMine'),
  ]
  const [was, became] = [t('design:specimen.person7'), t('design:specimen.person6')]
  return {
    sentence: t('design:specimen.conflictSentence'),
    version: 8,
    rows: [
      {
        name: 'address',
        label: t('design:specimen.address'),
        before: same(before),
        theirs: same(theirs),
        yours: same(yours),
        differs: true,
        preselect: 'yours',
      },
      {
        name: 'contact',
        label: t('design:specimen.contact'),
        before: same(was),
        theirs: same(became),
        yours: same(was),
        differs: true,
        preselect: 'theirs',
      },
      {
        name: 'phone',
        label: t('design:specimen.phone'),
        before: same('0571-55500123'),
        theirs: same(''),
        yours: same('0571-55500123'),
        differs: true,
        preselect: 'theirs',
      },
    ],
  }
}

/** /design/found: what the search box fetches. */
export function foundPage(t: Translate, q: string) {
  const name = t('design:specimen.customer1')
  const customers = [
    {
      href: '#1',
      name: pieces(name, 0, 3),
      why: [{ text: `K2026000318 · ${t('design:specimen.byInitials')}` }, { text: q, mark: true }],
      at: t('design:specimen.city1'),
    },
    {
      href: '#2',
      name: [{ text: t('design:specimen.customer2') }],
      why: [{ text: 'K2024000455' }],
      at: t('design:specimen.pool'),
    },
  ]
  const contacts = [
    {
      href: '#3',
      name: pieces(t('design:specimen.person6'), 0, 1),
      why: [{ text: '138****0426' }],
      at: t('design:specimen.person1'),
    },
  ]
  const nothing = q.startsWith('x')
  return {
    q,
    groups: nothing
      ? []
      : [
          { word: t('design:specimen.customers'), total: 2, hits: customers },
          { word: t('design:specimen.contacts'), total: 1, hits: contacts },
        ],
  }
}

/** /design/progress: moves on with the clock, and stops asking when it is done. */
export function progressPage(t: Translate, now: Date) {
  const done = (now.getSeconds() % 20) * 1000 + 1000
  return { done, moving: done < 20_000, words: t('design:specimen.progressWords', { n: done.toLocaleString('en-US') }) }
}

const pieces = (text: string, from: number, to: number) => [
  { text: text.slice(0, from) },
  { text: text.slice(from, to), mark: true },
  { text: text.slice(to) },
]
