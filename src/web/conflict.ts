import { translateIfKnown } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Conflict } from '../lib/refused.ts'
import type { Model } from './route.ts'

type Over = NonNullable<Conflict['over']>

/** The page that shows, field by field, what was there, what the other person made of it, and what was typed now. */
export function conflictModel(
  { version, savedBy, savedAt, before, theirs, words = {}, labels = {}, typed: stored, over }: Conflict,
  sent: Record<string, string>,
  path: string,
  { lang, t }: Express.Locals,
): Model {
  const typed = { ...sent, ...stored }
  const language = lang === 'en' ? 'en' : 'zh'
  // /customers/:number/contacts/:contact speaks of a contact first, then of a customer.
  const features = path.split('/').filter((part) => part !== '' && !part.startsWith(':'))
  const say = (key: string) =>
    features.reduceRight<string | null>((said, of) => said ?? translateIfKnown(language, `${of}:${key}`), null)
  const word = (name: string, value: string) => words[`${name}.${value}`] ?? say(`${name}.${value}`) ?? value
  const rows = Object.keys(theirs).map((name) => {
    const yours = asStored(typed[name] ?? '')
    // What was masked and left so cannot be brought back from the mask: only theirs can be saved.
    const lost = yours.includes('***') && yours === before[name] && yours !== theirs[name]
    return {
      name,
      label: labels[name] ?? say(`field.${name}`) ?? name,
      before: { value: before[name] ?? '', shown: word(name, before[name] ?? '') },
      theirs: { value: theirs[name] ?? '', shown: word(name, theirs[name] ?? '') },
      yours: { value: yours, shown: word(name, yours) },
      // Where nothing can be chosen any more, only what would be lost is shown.
      differs: yours !== theirs[name] && (!over || yours !== (before[name] ?? '')),
      lost,
      // Where only the other person changed the field, theirs is the natural choice.
      preselect: yours !== (before[name] ?? '') ? 'yours' : 'theirs',
    }
  })
  // Whatever else the form carries goes along.
  const rest = Object.entries(typed).filter(([name]) => name !== 'version' && !(name in theirs))
  const sentence = t('web:conflict.sentence', { who: savedBy, when: dateTimeText(savedAt) })
  return { version, rows, rest, sentence, over: over ? overModel(over, t) : null }
}

const overModel = ({ refusal: { rule, reason, params }, href }: Over, t: Express.Locals['t']) => ({
  text: t(reason, params),
  rule: { id: rule },
  href,
})

const asStored = (text: string) => text.replace(/\r\n/g, '\n').trim()
