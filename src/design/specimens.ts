import type { Translate } from '../i18n.ts'

// Made up, so that /design can show every component in use.
export const statusWords = (t: Translate) => ({
  wait: t('design:specimen.waiting'),
  go: t('design:specimen.inCourse'),
  ok: t('design:specimen.done'),
  bad: t('design:specimen.refused'),
  warn: t('design:specimen.stopped'),
})

export const kindsOf = (t: Translate) => [
  { value: 'quality', word: t('design:specimen.quality') },
  { value: 'contract', word: t('design:specimen.contract') },
  { value: 'repair', word: t('design:specimen.repair') },
  { value: 'service', word: t('design:specimen.service') },
]

export function rowsOf(t: Translate, count: number) {
  const names = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => t(`design:specimen.customer${n as 1}`))
  const tones = ['go', 'ok', 'wait', 'warn', 'go', 'bad', 'wait', 'ok'] as const
  return Array.from({ length: count }, (_, i) => ({
    name: names[i % 8]!,
    number: `K2026${String(318 + i).padStart(6, '0')}`,
    grade: 'ABC'[i % 3]!,
    tone: tones[i % 8]!,
    state: statusWords(t)[tones[i % 8]!],
    owner: t(i % 2 ? 'design:specimen.person1' : 'design:specimen.person3'),
    place: t(i % 2 ? 'design:specimen.city1' : 'design:specimen.city2'),
    contact: t(i % 3 ? 'design:specimen.today' : 'design:specimen.yesterday'),
    credit: i % 4 === 3 ? null : `${((i * 7919) % 318) + 12},${String((i * 104_729) % 1000).padStart(3, '0')}.00`,
    deadline: [
      { state: 'overdue', words: t('design:specimen.overdue'), moment: '13:40' },
      null,
      { state: 'soon', words: t('design:specimen.soon'), moment: '14:43' },
      null,
    ][i % 4],
  }))
}

export function listSpecimens(t: Translate) {
  return {
    views: [
      { href: '#list', word: t('design:specimen.viewMine'), count: 63, current: true },
      { href: '#list', word: t('design:specimen.viewA'), count: 12 },
      { href: '#list', word: t('design:specimen.viewQuiet'), count: 7 },
      { href: '#list', word: t('design:specimen.viewPool'), count: 128 },
    ],
    filters: {
      action: '/design',
      find: { name: 'find', value: '', label: t('design:list.find') },
      choices: [
        {
          name: 'state',
          label: t('design:specimen.stateHead'),
          value: '',
          options: [
            { value: 'go', word: t('design:specimen.inCourse') },
            { value: 'ok', word: t('design:specimen.done') },
          ],
        },
      ],
      conditions: [
        { label: t('design:specimen.ownerHead'), word: t('design:specimen.person1'), remove: '/design#list' },
        { label: t('design:specimen.placeHead'), word: t('design:specimen.region'), remove: '/design#list' },
      ],
      clear: '/design',
    },
    rows: rowsOf(t, 8),
    pager: { words: t('design:specimen.pageWords'), previous: '/design?page=1', next: '/design?page=3' },
    tabs: [
      { href: '#list', word: t('design:specimen.customers'), current: true },
      { href: '#list', word: t('design:specimen.contacts'), count: 4 },
    ],
  }
}

export function formSpecimens(t: Translate) {
  return {
    kinds: kindsOf(t),
    departments: [
      { value: '1', word: t('design:specimen.repairTeam') },
      { value: '2', word: t('design:specimen.salesTeam') },
    ],
    facts: [
      { name: 'injured', word: t('design:specimen.injured') },
      { name: 'press', word: t('design:specimen.press') },
      { name: 'many', word: t('design:specimen.many'), value: true },
      { name: 'returned', word: t('design:specimen.returned') },
    ],
    wrong: [
      { field: 'name', text: t('design:specimen.nameTaken'), rule: { id: 'POOL-01', article: '2.1' } },
      {
        field: 'kind',
        text: t('design:specimen.kindWrong'),
        rule: { id: 'CMP-02', article: t('design:specimen.art1') },
      },
      { field: 'amount', text: t('design:specimen.amountWrong') },
    ],
  }
}

export function creditSpecimens(t: Translate) {
  const line = (date: string, paper: string, what: 'shipped' | 'received', amount: string) => ({
    date,
    paper,
    what: t(`design:specimen.${what}`),
    amount,
  })
  return {
    have: [
      { word: t('design:specimen.creditLimit'), figure: '¥286,000.00', meaning: t('design:specimen.limitMeaning') },
      { op: '−', word: t('design:specimen.used'), figure: '¥233,640.00', meaning: t('design:specimen.usedMeaning') },
      { op: '=', word: t('design:specimen.available'), figure: '¥52,360.00', meaning: t('design:specimen.now') },
    ],
    lack: [
      { word: t('design:specimen.requested'), figure: '¥86,000.00', meaning: t('design:specimen.door') },
      { op: '−', word: t('design:specimen.available'), figure: '¥52,360.00', meaning: t('design:specimen.now') },
      {
        op: '=',
        word: t('design:specimen.over'),
        figure: '¥33,640.00',
        meaning: t('design:specimen.overMeaning'),
        short: true,
      },
    ],
    ledger: [
      {
        head: t('design:specimen.creditLimit'),
        lines: [
          line('2026-11-21', 'XS2026112103', 'shipped', '46,800.00'),
          line('2026-11-16', 'XS2026111602', 'shipped', '239,200.00'),
        ],
        sum: '286,000.00',
      },
      {
        head: t('design:specimen.used'),
        lines: [
          line('2026-11-22', 'FX2026112201', 'shipped', '281,990.00'),
          line('2026-11-19', 'HK2026111904', 'received', '−48,350.00'),
        ],
        sum: '233,640.00',
      },
    ],
    reasons: Array.from({ length: 5 }, () => ({
      act: t('design:specimen.notTransfer'),
      reason: t('design:specimen.notTransferWhy'),
      rule: { id: 'CUS-08', article: '3.1.2' },
      next: { href: '#refusals', word: t('design:specimen.seeDebt') },
    })),
    refusal: {
      head: t('design:specimen.notOpened'),
      need: t('design:specimen.notOpenedNeed'),
      rule: { id: 'ARC-06', article: t('design:specimen.art17') },
      quote: { text: t('design:specimen.quote'), source: t('design:specimen.source') },
      next: { href: '#refusals', word: t('design:specimen.apply') },
      other: { href: '#refusals', word: t('design:specimen.keeper') },
    },
  }
}

export function caseSpecimens(t: Translate) {
  return {
    items: [
      { at: '13:58', who: t('design:specimen.person4'), sentence: t('design:specimen.agreed'), tone: 'ok' },
      {
        at: '13:52',
        who: t('design:specimen.person3'),
        sentence: t('design:specimen.h2'),
        tone: 'go',
        href: '#history',
        files: [{ title: t('design:page.history'), href: '#history', icon: 'document' }],
      },
      { at: '13:40', sentence: t('design:specimen.h1'), tone: 'bad' },
      {
        at: '11:02',
        who: t('design:specimen.person1'),
        sentence: t('design:specimen.h3'),
        more: t('design:specimen.deadlineHead'),
      },
      { at: '11-19 15:20', who: t('design:specimen.person1'), sentence: t('design:specimen.h4') },
    ],
    earlier: { n: 179, href: '#history' },
    steps: [
      { word: t('design:specimen.step1'), when: '11-24 10:40', at: 'done' },
      { word: t('design:specimen.step2'), when: t('design:specimen.person2'), at: 'done' },
      { word: t('design:specimen.step3'), when: t('design:specimen.waitsFor'), at: 'now' },
      { word: t('design:specimen.step4') },
      { word: t('design:specimen.step5') },
    ],
    signers: [
      { name: t('design:specimen.person3'), did: t('design:specimen.proposed'), when: '13:52', at: 'done' },
      {
        name: t('design:specimen.person4'),
        did: t('design:specimen.agreed'),
        note: t('design:specimen.manager'),
        when: '13:58',
        at: 'done',
      },
      { name: t('design:specimen.person5'), note: t('design:specimen.general'), at: 'now' },
      { name: t('design:specimen.person1') },
    ],
    files: [
      {
        name: t('design:specimen.fileA'),
        href: '#files',
        kind: 'photo',
        hash: `a91f${'0'.repeat(56)}07c2`,
        size: '1.8 MB',
      },
      {
        name: t('design:specimen.fileB'),
        kind: 'document',
        hash: `5be0${'0'.repeat(56)}d419`,
        state: t('design:specimen.scanning'),
      },
    ],
    record: [
      { label: t('design:specimen.owner'), value: t('design:specimen.person1') },
      { label: t('design:specimen.code'), value: '9133****0000****X1', unmask: '/design/dialog' },
      { label: t('design:specimen.address'), value: t('design:specimen.addressNew') },
      { label: t('design:specimen.phone') },
    ],
  }
}
