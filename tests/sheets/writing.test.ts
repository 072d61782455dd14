import { text } from 'node:stream/consumers'
import { buffer } from 'node:stream/consumers'
import { readXlsx } from 'hucre/xlsx'
import { expect, it } from 'vitest'
import { csvLine, csvStream, xlsxStream } from '../../src/sheets/writing.ts'

it('CUS-15: cells that begin like a formula stay text in the file that is handed out', async () => {
  expect(csvLine(['=1+1', '＝1', '@x', '-2', '+3', '\t=1', 'a,"b"', '好'])).toBe(
    `'=1+1,'＝1,'@x,'-2,'+3,'\t=1,"a,""b""",好\r\n`,
  )
  expect(await text(csvStream(['名称'], [['=1']]))).toBe("\uFEFF名称\r\n'=1\r\n")
})

it('CUS-15: a workbook holds text only, and whatever text there is', async () => {
  const hostile = ['=HYPERLINK("http://x")', '913301000000000012', '_x0041_', '\u0001\uFFFF\uD800', '长'.repeat(40_000)]
  const file = await buffer(xlsxStream(['名称', '=1', '', '', ''], [hostile], "结果/*?'很长的名字".repeat(5)))
  const { sheets } = await readXlsx(file)
  expect(sheets[0]!.rows[0]!.slice(0, 2)).toEqual(['名称', '=1'])
  expect(sheets[0]!.rows[1]).toEqual([
    '=HYPERLINK("http://x")',
    '913301000000000012',
    '_x0041_',
    '\u0001\uFFFD\uFFFD',
    '长'.repeat(32_767),
  ])
  expect(sheets[0]!.name.length).toBeLessThanOrEqual(31)
})

it('CUS-15: columns of money hold numbers that add up; whatever else stands in them stays text', async () => {
  const rows = [
    ['=1', '12345.60'],
    ['2.00', '=SUM(B2)'],
    ['合计', '-0.05'],
    ['', ''],
  ]
  const { sheets } = await readXlsx(await buffer(xlsxStream(['单据', '金额（元）'], rows, '账龄', [1])))
  expect(sheets[0]!.rows.slice(1, 4)).toEqual([
    ['=1', 12345.6],
    ['2.00', '=SUM(B2)'],
    ['合计', -0.05],
  ])
})

it('CUS-15: memory does not grow with the rows of a workbook', async () => {
  const rows = function* () {
    for (let at = 0; at < 100_000; at++) yield [`桃源里${at}号机电有限公司`, String(at), '望海路12号']
  }
  let [most, size] = [0, 0]
  const before = process.memoryUsage().rss
  for await (const piece of xlsxStream(['名称', '号', '地址'], rows(), '客户')) {
    size += (piece as Buffer).length
    most = Math.max(most, process.memoryUsage().rss)
  }
  expect(size).toBeGreaterThan(500_000)
  expect(most - before).toBeLessThan(200 * 1024 * 1024)
})
