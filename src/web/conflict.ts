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
  const feature = path.split('/')[1] ?? ''
  const language = lang === 'en' ? 'en' : 'zh'
  const word = (name: string, value: string) =>
    words[`${name}.${value}`] ?? translateIfKnown(language, `${feature}:${name}.${value}`) ?? value
  const rows = Object.keys(theirs).map((name) => {
    const yours = typed[name] ?? ''
    return {
      name,
      label: translateIfKnown(language, `${feature}:field.${name}`) ?? name,
      before: { value: before[name] ?? '', shown: word(name, before[name] ?? '') },
      theirs: { value: theirs[name] ?? '', shown: word(name, theirs[name] ?? '') },
      yours: { value: yours, shown: word(name, yours) },
      differs: yours !== theirs[name],
      // Where only the other person changed the field, theirs is the natural choice.
      preselect: yours !== (before[name] ?? '') ? 'yours' : 'theirs',
    }
  })
  return { version, rows, sentence: t('web:conflict.sentence', { who: savedBy, when: dateTimeText(savedAt) }) }
}
