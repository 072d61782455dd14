import { translate } from '../i18n.ts'
import type { Part } from '../visits/page/parts.ts'
import { visitPolicy } from '../visits/policy.ts'
import { rowOf } from './pages.ts'
import { notesOfVisit } from './queries.ts'

/** VIS-13: what was heard of the market on the visit. */
export const marketNotesPart: Part = {
  section: async (actor, visit) => {
    const t = translate[actor.language]
    const notes = await notesOfVisit(actor, visit.id)
    const home = `/visits/${visit.number}`
    const made = visit.state === 'done' || visit.state === 'reported'
    const add = made && visitPolicy.own(actor, visit) ? `${home}/market-notes` : null
    if (notes.length === 0 && !add) return null
    const model = { marketNotes: { rows: notes.map((note) => rowOf(t, note)), add, home } }
    return { view: 'market-notes/visit-section', place: 'column', model }
  },
}
