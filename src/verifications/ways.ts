import type { Translate } from '../i18n.ts'
import { ways } from './source.ts'

/** For the choice of how something is known. */
export const waysOf = (t: Translate) => ways.map((value) => ({ value, word: t(`verifications:way.${value}`) }))
