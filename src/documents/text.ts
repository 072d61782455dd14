/** What stands for a character the font does not have. */
const geta = '〓'

// \p{DI}: characters meant to be invisible (joiners, direction marks, variation selectors).
const invisible = /[\p{Cc}\p{Default_Ignorable_Code_Point}]/u

/** The text as it can be set in type: nothing invisible left, 〓 for what the font lacks, which is added to `missing`. */
export function printable(text: string, has: (codePoint: number) => boolean, missing: Set<string>): string {
  const plain = text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/\p{Script=Latin}\p{M}+/gu, (letter) => letter.normalize('NFC'))
  return Array.from(plain, (character) => {
    const codePoint = character.codePointAt(0) ?? 0
    if (character === '\n') return character
    if (invisible.test(character)) return ''
    if (has(codePoint)) return character
    if (/\p{Zs}/u.test(character)) return ' '
    missing.add(`U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`)
    return geta
  }).join('')
}

// 禁则: closing marks never open a line, opening marks never end one. Latin words stay whole.
const wide =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}\\p{Script=Hangul}\\u3000-\\u303f\\uff00-\\uffef'
const opening = '（〔［｛〈《「『【〖“‘([{￥'
const closing = '、。，．・：；？！）〕］｝〉》」』】〗”’—…～％·,.:;?!)\\]}%'
const closingWide = '、。，．・：；？！）〕］｝〉》」』】〗'
const unit = new RegExp(
  `\\s+|[${opening.replace('[', '\\[')}]*[${wide}][${closing}]*|[^\\s${wide}]+[${closingWide}]*|[^]`,
  'gu',
)

/** Breaks a text into lines no wider than `width`; a word too long for any line is cut. */
export function linesOf(text: string, width: number, measure: (text: string) => number): string[] {
  return text
    .split('\n')
    .flatMap((paragraph) => (measure(paragraph) <= width ? [paragraph] : wrap(paragraph, width, measure)))
}

function wrap(paragraph: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  const add = (piece: string) => {
    const needed = measure(piece)
    if (line !== '' && used + needed > width && piece.trim() !== '') {
      lines.push(line.trimEnd())
      line = ''
      used = 0
    }
    line += piece
    used += needed
  }
  for (const [piece] of paragraph.matchAll(unit)) {
    if (measure(piece) <= width) add(piece)
    else for (const [part] of piece.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) add(part)
  }
  return [...lines, line.trimEnd()]
}
