import { margin, sheetOf } from './flow.ts'
import type { Paper } from './paper.ts'
import { inks, mm, type Pen, type Style } from './pen.ts'
import type { Box } from './rows.ts'

const small: Style = { face: 'regular', size: 8, leading: 12, ink: inks.soft }
const mark: Style = { face: 'bold', size: 8.5, leading: 13.6, ink: inks.seal, spacing: 0.85 }
const gap = 4 * mm

/** Company and document, what it is about, and the secrecy mark, on a double line. */
export function drawHead(pen: Pen, { head, ...paper }: Paper): void {
  const { box } = sheetOf(paper)
  const height = 19.6
  const stamp = head.mark === '' ? 0 : pen.stamp(head.mark, box.x + box.width, margin.top, box.width / 3, mark)
  const room = box.width - stamp - gap
  const document = `　${head.document}`
  const company = pen.fit(head.company, room * 0.6 - pen.measure(document, small), small)
  spread(pen, company + document, head.middle, '', { x: box.x, width: room }, margin.top + (height - small.leading) / 2)
  pen.rule('double', box.x, margin.top + height + 2 * mm, box.width, inks.soft)
}

/** The record and copy number, who printed it when, and the page. */
export function drawFoot(pen: Pen, { foot, ...paper }: Paper, page: string, edge = sheetOf(paper).box): void {
  const y = sheetOf(paper).height - margin.foot - small.leading
  pen.rule('double', edge.x, y - 2 * mm - 2.25, edge.width, inks.soft)
  spread(pen, pen.fit(foot.left, edge.width * 0.5, small), foot.middle, page, edge, y)
}

/** Left, right, and between them what is in the middle, as much of it as there is room for. */
function spread(pen: Pen, left: string, middle: string, right: string, edge: Box, y: number): void {
  const start = edge.x + pen.measure(left, small) + gap
  const end = edge.x + edge.width - pen.measure(right, small)
  const between = pen.fit(middle, end - gap - start, small)
  pen.write(left, edge.x, y, small)
  pen.write(between, start + (end - gap - start - pen.measure(between, small)) / 2, y, small)
  pen.write(right, end, y, small)
}
