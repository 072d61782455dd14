import { parentPort } from 'node:worker_threads'
import { openFonts } from './fonts.ts'
import { printLabels, type Labels } from './labels.ts'
import type { Paper } from './paper.ts'
import { printPaper, type Typeset } from './sheets.ts'
import type { Stamp } from './stamp.ts'
import { stampPages } from './stamping.ts'

export type Answer = 'ready' | Typeset | { error: string }

if (!parentPort) throw new Error('documents/worker.ts runs as a thread of documents/printer.ts')
const port = parentPort
const fonts = openFonts()

// The first documents of a cold thread take three times as long: let them be nobody's.
const facts = Array.from('客户档案商密机密副本打印时间经办事项', (label) => ({
  label,
  value: `${label} Kehu 2026-11-24 14:05`,
}))
const practice: Paper = {
  language: 'zh',
  title: '',
  printedAt: new Date(0),
  head: { company: '客户', document: '档案', middle: '', mark: '商密' },
  foot: { left: '', middle: '', page: '{page}', cover: '' },
  sections: [{ title: '客户', blocks: [{ kind: 'facts', facts }] }],
}
for (let round = 0; round < 5; round += 1) await printPaper(practice, fonts)

port.on('message', async (job: Paper | Stamp | Labels) => {
  try {
    const typeset =
      'original' in job
        ? await stampPages(job, fonts)
        : 'labels' in job
          ? await printLabels(job, fonts)
          : await printPaper(job, fonts)
    port.postMessage(typeset, [typeset.pdf.buffer])
  } catch (problem) {
    port.postMessage({ error: problem instanceof Error ? (problem.stack ?? problem.message) : String(problem) })
  }
})

port.postMessage('ready')
