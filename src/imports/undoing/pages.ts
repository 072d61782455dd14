import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { ImportRecord } from '../queries.ts'
import { importStates, isMoving } from '../states.ts'
import { madeNothing } from './commands.ts'
import { undoOutlook, type Staying } from './queries.ts'

/** What undoing an import would do, named before anybody does it. */
export async function undoPage(actor: Actor, record: ImportRecord) {
  const t = translate[actor.language]
  const open = importStates.acts(record.state).includes('undo') && !madeNothing(record)
  const { going, staying, stays } = open ? await undoOutlook(record.id) : { going: 0, staying: 0, stays: [] }
  const sentence = ({ name, touch }: Staying) =>
    touch
      ? t('imports:undoing.stays', { name, who: touch.who, at: dateTimeText(new Date(touch.at)) })
      : t('imports:undoing.staysLinked', { name })
  return {
    record: { number: record.number },
    open,
    closed: t(isMoving(record.state) ? 'imports:undoing.running' : 'imports:undoing.nothing'),
    going,
    facts: [
      { label: t('imports:list.file'), value: record.fileName, wide: true },
      { label: t('imports:undoing.going'), value: t('imports:undoing.customers', { n: going }) },
      { label: t('imports:undoing.staying'), value: t('imports:undoing.customers', { n: staying }) },
    ],
    stays: stays.map((one) => ({ number: one.number, sentence: sentence(one) })),
    more: staying > stays.length ? t('imports:undoing.more', { n: staying }) : null,
  }
}
