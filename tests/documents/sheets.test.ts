import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { customerFile, type CustomerFile } from '../../src/customers/documents.ts'
import { openFonts } from '../../src/documents/fonts.ts'
import type { Paper, Section } from '../../src/documents/paper.ts'
import { printPaper } from '../../src/documents/sheets.ts'
import { linesOnPages, pagesOf, textOf } from '../support/pdf.ts'
import { englishSample, history, sample } from './samples.ts'

const fonts = openFonts()

async function print(paper: Paper) {
  const { pdf, ...rest } = await printPaper(paper, fonts)
  return { pdf: Buffer.from(pdf), ...rest }
}
const printFile = (changes: Partial<CustomerFile> = {}, entries = 24) => print(customerFile(sample(changes, entries)))
const sections = (...given: Section[]): Paper => ({ ...customerFile(sample()), sections: given })
const compact = (text: string) => text.replace(/\s/g, '')

describe('CUS-16: the printed customer file', () => {
  it('has a cover, an index, the facts, the sections and the history', async () => {
    const [cover, inside] = linesOnPages((await printFile()).pdf)
    expect(cover).toEqual([
      '桃源里机电集团　客户服务部',
      '商密·机密',
      '客户档案',
      '九色鹿冷链物流有限公司',
      'Nine-Colour Deer Cold Chain Logistics Co., Ltd.',
      '客户编号 | K2026000318',
      '副本号 | 02-1187',
      '打印人 | 何以宁',
      '打印时间 | 2026-11-24 14:05',
      '许可 | FZ2026000041',
      expect.stringContaining('本副本含商业秘密'),
      '「商密」为企业商业秘密标志，不属国家秘密。',
      'K2026000318　副本 02-1187 | 何以宁 2026-11-24 14:05 打印　许可 FZ2026000041 | 封面',
    ])
    expect(inside).toEqual(
      expect.arrayContaining([
        '目录',
        '五、经过（摘录） | 2',
        '一、基本情况',
        '地址 | 浙江省杭州市滨江区云外路 18 号 | 区域 | 华东·浙江',
        '鹿鸣野 | 仓储经理 | 138****0317 | 夜间到货有人值守',
        '介绍人 | K2026000102 | 南柯郡建材',
        '2026-11-24 10:40 | 受理投诉：冷库门漏风，温度记录缺失（第 24 件） | 何以宁',
      ]),
    )
  })

  it('carries company, mark, number, copy number, person, time and page on every page', async () => {
    const pages = linesOnPages((await printFile({}, 100)).pdf)
    expect(pages).toHaveLength(6)
    pages.forEach((lines, at) => {
      expect(lines.slice(0, 2).join(' | ')).toMatch(/^桃源里机电集团　客户服务部.*商密·机密/)
      expect(lines.at(-1)).toMatch(/^K2026000318　副本 02-1187 \| 何以宁 2026-11-24 14:05 打印　许可 FZ2026000041 \| /)
      expect(lines.at(-1)).toMatch(at === 0 ? /封面$/ : new RegExp(`第 ${at + 1} 页，共 6 页$`))
    })
  })

  it('speaks English with the same facts', async () => {
    const text = textOf((await print(customerFile(englishSample()))).pdf)
    expect(text).toContain('Company secret · Confidential')
    expect(text).toContain('1. Particulars | 2')
    expect(text).toContain('Page 2 of')
    expect(text).not.toContain('客户档案')
  })

  it('prints what it was given, masked, and nothing more', async () => {
    const { pdf } = await printFile({ permit: undefined, latinName: undefined })
    expect(textOf(pdf)).toContain('9133****0000****X1')
    expect(textOf(pdf)).not.toContain('许可')
    expect(pdf.toString('latin1')).not.toMatch(/\/(JavaScript|Launch|URI|EmbeddedFile|OpenAction)\b/)
  })

  it('leaves out sections that do not exist and says so of empty ones', async () => {
    const { pdf } = await printFile({ contacts: undefined, addresses: undefined, links: [], history: [] })
    const lines = linesOnPages(pdf)[1] ?? []
    expect(lines).not.toContain('二、联系人')
    expect(lines.slice(lines.indexOf('二、关联客户'), -1)).toEqual([
      '二、关联客户',
      '没有记录',
      '三、经过（摘录）',
      '没有记录',
    ])
  })

  it('has no frame where there is no mark', async () => {
    expect(textOf((await printFile({ mark: '' })).pdf)).not.toContain('商密·')
  })
})

describe('pages', () => {
  it('repeats the head of a table of 800 rows, splits no row and loses none', async () => {
    const { pdf } = await printFile({ historyNote: '共 1,204 条，这里是最近的 800 条。' }, 800)
    const pages = linesOnPages(pdf)
    const entry = /^\d{4}-\d\d-\d\d 10:40 \| .*（第 (\d+) 件） \| \S+$/
    const printed = pages.flat().flatMap((line) => entry.exec(line)?.[1] ?? [])
    expect(printed).toEqual(Array.from({ length: 800 }, (_, at) => String(800 - at)))
    for (const lines of pages.filter((page) => page.some((line) => entry.test(line))))
      expect(lines[lines.findIndex((line) => entry.test(line)) - 1]).toBe('时间 | 事项 | 经办')
    expect(pages.length).toBeLessThan(30)
  })

  it('keeps the lines of a row together, and everything between head and foot', async () => {
    const what = (at: number) => `第${at}件：${'冷库门封条老化，已约定更换。'.repeat(1 + (at % 4))}完${at}`
    const entries = history(90).map((entry, at) => ({ ...entry, what: what(at) }))
    const { pdf } = await printFile({ history: entries })
    const pages = linesOnPages(pdf).map((lines) =>
      compact(
        lines
          .slice(1, -1)
          .map((line) => line.split(' | '))
          .flat()
          .join(''),
      ),
    )
    entries.forEach((_, at) =>
      expect(pages.filter((page) => page.includes(`第${at}件：`) && page.includes(`完${at}`))).toHaveLength(1),
    )
    for (const piece of pagesOf(pdf).slice(1).flat()) expect(piece.y > 40 && piece.y < 810).toBe(true)
  })

  it('divides a row only when it is longer than a page', async () => {
    const what = Array.from({ length: 3000 }, (_, at) => `${at}号`).join('，')
    const { pdf } = await printFile({ history: [...history(2), { time: '2026-01-01 08:00', what, person: '何以宁' }] })
    const pieces = pagesOf(pdf).flat()
    const column = pieces.find(({ text }) => text.startsWith('0号'))?.x
    const printed = pieces.filter(({ x, size }) => size === 9 && x === column).map(({ text }) => text)
    expect(printed.join('')).toContain(what)
  })

  it('never leaves a heading or a total alone', async () => {
    const table = (rows: number): Section => ({
      title: `往来${rows}`,
      blocks: [
        {
          kind: 'table',
          columns: [{ title: '项目' }, { title: '金额（元）', width: 40, align: 'right' }],
          rows: Array.from({ length: rows }, (_, at) => [`发货 ${at + 1}`, '286,000.00']),
          totals: [['可用额', '52,360.00']],
        },
      ],
    })
    for (let rows = 20; rows < 34; rows += 1) {
      const pages = linesOnPages((await print(sections(table(rows), table(1)))).pdf)
      const withTotal = pages.find((lines) => lines.includes('可用额 | 52,360.00'))
      expect(withTotal).toContain(`发货 ${rows} | 286,000.00`)
      const last = pages.find((lines) => lines.includes('二、往来1'))
      expect(last).toContain('发货 1 | 286,000.00')
    }
  })

  it('names in the index the page each section starts on', async () => {
    const filler: Section = { title: '往来', blocks: [{ kind: 'text', text: '一句话。\n'.repeat(60) }] }
    const pages = linesOnPages((await print(sections(filler, filler, { ...filler, title: '末' }))).pdf)
    const start = pages.findIndex((lines, at) => at > 1 && lines.includes('三、末'))
    expect(pages[1]).toContain(`三、末 | ${start + 1}`)
  })
})

describe('characters', () => {
  const general = readFileSync(new URL('./tongyong.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)

  it('sets all 8,105 characters of 通用规范汉字表, and copies them out right', async () => {
    expect(Array.from(general.join(''))).toHaveLength(8105)
    const { pdf, missing } = await print(
      sections({ title: '字', blocks: [{ kind: 'text', text: general.join('\n') }] }),
    )
    expect(missing).toEqual([])
    const read = pagesOf(pdf)
      .flat()
      .filter(({ size }) => size === 10.5)
    expect(
      read
        .map(({ text }) => text)
        .join('')
        .endsWith(general.join('')),
    ).toBe(true)
  })

  it.each(['䶮', '㛃', '𬭳', '𫖯', '喆', '堃', '昇', '镕', '龑', '玥'])(
    'keeps %s in names, bold and regular',
    async (rare) => {
      const name = `${rare}羽冷链物流有限公司`
      const { pdf, missing } = await printFile({ name, printedBy: `何${rare}` })
      expect(missing).toEqual([])
      expect(textOf(pdf)).toContain(`\n${name}\n`)
      expect(textOf(pdf)).toContain(`打印人 | 何${rare}`)
    },
  )

  it('prints 〓 for what the font lacks, and says which', async () => {
    const { pdf, missing } = await printFile({ name: '𡋾𪚥冷链 👍', printedBy: '𪚥' })
    expect(missing.toSorted()).toEqual(['U+1F44D', 'U+212FE', 'U+2A6A5'])
    expect(textOf(pdf)).toContain('\n〓〓冷链 〓\n')
  })

  it('tells apart characters that one glyph draws, also between documents', async () => {
    const first = await print(sections({ title: '⼈⼯', blocks: [{ kind: 'text', text: '⼈⼯⻢•' }] }))
    const second = await print(sections({ title: '人工', blocks: [{ kind: 'text', text: '人工马· ⼈' }] }))
    expect(textOf(first.pdf)).toContain('⼈⼯⻢•')
    expect(textOf(second.pdf)).toContain('人工马· ⼈')
  })

  it('reads the same in poppler, where there is one', async (test) => {
    const folder = mkdtempSync(join(tmpdir(), 'kehu-pdf-'))
    try {
      const { pdf } = await printFile({ name: '䶮㛃𬭳冷链 ⼈人 “Deer” office' })
      writeFileSync(join(folder, 'file.pdf'), pdf)
      const text = poppler(join(folder, 'file.pdf'))
      if (text === undefined) return test.skip('pdftotext is not installed')
      expect(text).toContain('䶮㛃𬭳冷链 ⼈人 “Deer” office')
      expect(text.match(/商密·机密/g)).toHaveLength(3)
      expect(text).toContain('客户档案')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function poppler(file: string): string | undefined {
  try {
    return execFileSync('pdftotext', [file, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw problem
  }
}

describe('bytes', () => {
  it('are the same for the same paper, whatever was printed before', async () => {
    const first = await printFile()
    await printFile({ name: '别的客户 AVATAR', mark: '商密·绝密' }, 200)
    const second = await printFile()
    expect(second.sha256).toBe(first.sha256)
    expect(second.pdf.equals(first.pdf)).toBe(true)
    expect((await printFile({ copyNumber: '02-1188' })).sha256).not.toBe(first.sha256)
  })

  it('embed no more of the font than is used', async () => {
    expect((await printFile()).pdf.length).toBeLessThan(90_000)
  })
})

describe('hostile text', () => {
  const everywhere = (text: string): Partial<CustomerFile> => ({
    company: text,
    name: text,
    latinName: text,
    number: text,
    copyNumber: text,
    printedBy: text,
    printedTime: text,
    permit: text,
    facts: [{ title: text, facts: [{ label: text, value: text }] }],
    contacts: [{ name: text, role: text, phone: text, email: text, birthday: text, note: text }],
    history: [{ time: text, what: text, person: text }],
    historyNote: text,
  })

  it.each([
    ['1,000 Chinese characters', '九色鹿冷'.repeat(250)],
    ['1,000 letters without a space', 'x'.repeat(1000)],
    ['1,000 spaces', ' '.repeat(1000)],
    ['100 line breaks', '\n'.repeat(100)],
    ['control characters', '\u0000\u0001\u001b[31m\u007f\u0085九'],
    ['right-to-left and its overrides', '\u202e\u2067مرحبا שלום\u2069 abc'],
    ['lone surrogates', '\ud800\udc00\udfff\ud83d'],
    ['marks on marks', `z${'\u0301'.repeat(100)}`],
    ['PDF syntax', ') Tj ET endstream endobj (\\) <</JS (app.alert(1))>> %PDF'],
    ['placeholders', '{page} {pages} {person} $& $1'],
    ['nothing', ''],
    ['markup', '<script>alert(1)</script>&amp;'],
    ['names of object members', '__proto__ constructor toString'],
  ])('is printed in every place: %s', async (_, text) => {
    const { pdf } = await printFile(everywhere(text))
    const pages = pagesOf(pdf)
    expect(pages.length).toBeGreaterThan(1)
    for (const piece of pages.flat()) expect(piece.text).not.toContain('\ufffd')
  })

  it.each(['九色鹿冷', 'x', ' ', '\n', '（', '𬭳', '\ud800'])(
    'may be a name of 10,000 characters: %j',
    async (text) => {
      const name = text.repeat(10_000 / text.length)
      const { pdf } = await printFile({ name, facts: [{ title: name, facts: [{ label: name, value: name }] }] })
      expect(pagesOf(pdf).length).toBeGreaterThan(2)
    },
  )

  it('stays as it was written', async () => {
    const text = ') Tj {page} $& <b>&amp;</b> __proto__ \\'
    expect(compact(textOf((await printFile({ name: text })).pdf))).toContain(compact(text))
    expect(textOf((await printFile({ printedBy: '{time} $&' })).pdf)).toContain('{time} $& 2026-11-24 14:05 打印')
  })
})
