import { expect, test } from 'vitest'
import { csvLine } from '../../src/imports/csv.ts'

test('cells that begin like a formula stay text in the file that is handed out', () => {
  expect(csvLine(['=1+1', '＝1', '@x', '-2', 'a,"b"', '好'])).toBe(`'=1+1,'＝1,'@x,'-2,"a,""b""",好\r\n`)
})
