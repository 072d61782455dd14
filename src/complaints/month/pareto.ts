import type { Translate } from '../../i18n.ts'
import type { Group } from './figures.ts'
import { percent } from './saying.ts'

const [width, height, gap] = [720, 120, 12]

/**
 * CMP-19: causes, the most frequent first, each with its share and what it makes together with those before it; what is
 * not known yet is no cause. Drawn with attributes; the same stands beside it as a table.
 */
export function paretoOf(t: Translate, causes: readonly (Group & { word: string })[]) {
  const shown = causes.filter(({ key, now }) => key !== null && now > 0)
  const sum = shown.reduce((total, { now }) => total + now, 0)
  if (sum === 0) return null
  const each = (width - gap) / shown.length
  const columnWidth = Math.min(Math.round(each - gap), 72)
  let running = 0
  const rows = shown.map(({ word, now }, at) => {
    running += now
    const tall = Math.max(1, Math.round((height * now) / sum))
    const x = Math.round(gap + at * each)
    const [share, together] = [percent(now, sum), percent(running, sum)]
    return {
      x,
      y: height - tall,
      width: columnWidth,
      height: tall,
      point: `${x + Math.round(columnWidth / 2)},${height - Math.round((height * running) / sum)}`,
      word: t('complaintMonth:pareto.column', { cause: word, n: now, share, together }),
    }
  })
  return {
    word: t('complaintMonth:pareto.word', { n: sum, first: shown[0]!.word, share: percent(shown[0]!.now, sum) }),
    columns: rows,
    line: rows.map(({ point }) => point).join(' '),
  }
}
