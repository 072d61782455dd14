import { describe, expect, it } from 'vitest'
import { visitor } from '../../src/access/actor.ts'
import { edgesOf } from '../../src/documents/edge-words.ts'
import { openFonts } from '../../src/documents/fonts.ts'
import { printPaper } from '../../src/documents/sheets.ts'
import { codeOf, filesIn } from '../house/files.ts'
import { linesOnPages } from '../support/pdf.ts'

const now = new Date('2026-11-24T06:05:00Z')
const about = { document: '流转单', middle: 'L2026000001', left: '第 1 号' }
const reader = (language: 'zh' | 'en') => ({
  ...visitor(language, { ip: null, requestId: null }),
  name: '何以宁 {time}',
  companyName: '桃源里机电集团',
})

describe('CUS-16: head and foot of a printed paper', () => {
  it.each([
    ['zh', '何以宁 {time} 2026-11-24 14:05 打印', '第 2 页，共 2 页'],
    ['en', 'Printed by 何以宁 {time}, 2026-11-24 14:05', 'Page 2 of 2'],
  ] as const)(
    'CUS-16: in %s every page says who printed it, when, and which page it is',
    async (language, who, last) => {
      const texts = Array.from({ length: 40 }, (_, at) => ({ kind: 'text' as const, text: `${at}` }))
      const edges = edgesOf(reader(language), now, { ...about, mark: '商密·机密' })
      const paper = { ...edges, title: '', sections: [{ title: '', blocks: texts }] }
      const pages = linesOnPages(Buffer.from((await printPaper(paper, openFonts())).pdf))
      expect(pages).toHaveLength(2)
      for (const lines of pages)
        expect(lines.slice(0, 2).join(' ')).toMatch(/桃源里机电集团　流转单.*L2026000001.*商密·机密/)
      expect(pages[1]!.at(-1)).toBe(`第 1 号 | ${who} | ${last}`)
    },
  )

  it('CUS-16: without a company the product stands there, without a mark none', () => {
    const { head } = edgesOf({ ...reader('zh'), companyName: null }, now, about)
    expect(head).toEqual({ company: '客户管理', document: '流转单', middle: 'L2026000001', mark: '' })
  })

  it('CUS-16: no paper makes a foot of its own but the customer file, which has a cover and its permit', () => {
    const features = filesIn('src', '.ts').filter(({ path }) => !path.startsWith('src/documents/'))
    const own = features.filter((file) => /\bfoot: \{\s*left\b/.test(codeOf(file)))
    expect(own.map(({ path }) => path)).toEqual(['src/customers/documents.ts'])
  })
})
