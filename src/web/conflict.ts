import { translateIfKnown } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Conflict } from '../lib/refused.ts'
import type { Model } from './route.ts'

/** The page that shows, field by field, what was there, what the other person made of it, and what was typed now. */
export function conflictModel(
  { version, savedBy, savedAt, before, theirs, words = {} }: Conflict,
  typed: Record<string, string>,
  path: string,
  { lang, t }: Express.Locals,
): Model {
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
      label: say(`field.${name}`) ?? name,
      before: { value: before[name] ?? '', shown: word(name, before[name] ?? '') },
      theirs: { value: theirs[name] ?? '', shown: word(name, theirs[name] ?? '') },
      yours: { value: yours, shown: word(name, yours) },
      differs: yours !== theirs[name],
      lost,
      // Where only the other person changed the field, theirs is the natural choice.
      preselect: yours !== (before[name] ?? '') ? 'yours' : 'theirs',
    }
  })
  // Whatever else the form carries goes along.
  const rest = Object.entries(typed).filter(([name]) => name !== 'version' && !(name in theirs))
  return { version, rows, rest, sentence: t('web:conflict.sentence', { who: savedBy, when: dateTimeText(savedAt) }) }
}

const asStored = (text: string) => text.replace(/\r\n/g, '\n').trim()
