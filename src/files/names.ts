const longest = 150

/**
 * A file's name as people gave it, without what a name must not hold: a path, controls and line ends, marks that turn
 * the direction of writing (exe.fdp), halves of characters. The file in the store never has it.
 */
export function safeName(given: string): string {
  const last = given.replace(/\\/gu, '/').split('/').at(-1)!
  const clean = last
    .normalize('NFC')
    .replace(/[\p{Surrogate}\uFFFD]/gu, '_')
    .replace(/[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/gu, '')
    .replace(/[<>:"|?*]/gu, (sign) => wide[sign]!)
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '')
  return shortened(clean)
}

/** 合同.PDF → pdf */
export function extensionOf(name: string): string {
  return /\.([\p{L}\p{N}]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** 合同.pdf → 合同 */
export function stemOf(name: string): string {
  const extension = extensionOf(name)
  return extension ? name.slice(0, -extension.length - 1) : name
}

// Windows, where most of the files go, takes none of them in a name.
const wide: Record<string, string> = { '<': '＜', '>': '＞', ':': '：', '"': '”', '|': '｜', '?': '？', '*': '＊' }

/** The middle goes, the ending stays. */
function shortened(name: string): string {
  const characters = [...name]
  if (characters.length <= longest) return name
  const ending = extensionOf(name) ? `.${extensionOf(name)}` : ''
  return `${characters.slice(0, longest - ending.length - 1).join('')}…${ending}`
}
