/** Cleans one line as a person typed or pasted it: what they see stays, what cannot be seen goes. */
export function cleanText(value: string): string {
  return value
    .replace(lineBreaks, ' ')
    .replace(invisible, '')
    .replace(loneSurrogate, '\uFFFD')
    .replace(wideForm, halfWidth)
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Every kind of bracket a name is written with becomes a plain pair; pairing is left as it is. */
export function plainBrackets(value: string): string {
  return value.replace(/[（〔［【｛﹙﹝[{]/gu, '(').replace(/[）〕］】｝﹚﹞\]}]/gu, ')')
}

/**
 * For comparing and searching: half-width, lower case, without spaces, brackets and punctuation. Each character is
 * folded by itself, so that a part of a text always folds to a part of the folded text.
 */
export function fold(value: string): string {
  return cleanText(value)
    .replace(/[○◯]/gu, '〇')
    .replace(wideMark, halfWidth)
    .replace(dropped, '')
    .toLowerCase()
    .replace(/ς/gu, 'σ')
}

/** Characters that show a file or a paste was broken on its way: replacement marks, controls, private use. */
export function brokenCharacters(value: string): string[] {
  return value.match(broken) ?? []
}

/**
 * Whole passages in the wrong encoding, each character of which is sound: UTF-8 read as GB18030 (公司 → 鍏徃), or
 * either of them read as Latin-1 (公司 → å…¬å¸, ¹«Ë¾).
 */
export function looksGarbled(value: string): boolean {
  if (/锟斤拷|烫烫烫|屯屯屯/u.test(value)) return true
  if (/[À-ÿ][\u0080-¿À-ÿŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{3}/u.test(value)) return true
  let strange = 0
  for (const character of value) if (utf8ReadAsGb.has(character)) strange += 1
  // Two Han characters become three, of which one or two are of this kind.
  return strange >= 3 && strange * 3.4 >= (value.match(/\p{Script=Han}/gu)?.length ?? 0)
}

const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu
// Controls, and formats: soft hyphens, zero-width and direction marks, the byte-order mark.
const invisible = /[\p{Cc}\p{Cf}\p{Variation_Selector}\u034F]/gu
const loneSurrogate = /\p{Surrogate}/gu
// Full-width letters, digits and signs; ，；：！？（） are at home in a Chinese sentence and stay.
const wideForm = /[０-９Ａ-Ｚａ-ｚ＃＄％＆＊＋－．／＠＿｜～＝]/gu
const wideMark = /[！-～]/gu
const dropped = /[\s\p{P}\p{S}]/gu
// Unassigned code points in planes 2 and 3 are Han characters newer than this Node's tables.
const broken = /[\uFFFD\p{Co}\p{Surrogate}]|(?![\s\u0085])\p{Cc}|(?![\u{20000}-\u{3FFFF}])\p{Cn}/gu

const halfWidth = (character: string) => String.fromCharCode(character.charCodeAt(0) - 0xfee0)

/** The characters GB18030 makes of the first two bytes of a Han character in UTF-8 (lead byte E4 to E9). */
const gb = new TextDecoder('gb18030')
const utf8ReadAsGb = new Set(
  Array.from({ length: 6 * 64 }, (_, at) => gb.decode(Uint8Array.of(0xe4 + Math.floor(at / 64), 0x80 + (at % 64)))),
)
