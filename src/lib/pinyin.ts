import { pinyin } from 'pinyin-pro'

export type Pinyin = {
  /** jianshe… without spaces; Latin letters and digits kept */
  full: string
  /** one letter or digit for each character that has one */
  initials: string
  syllables: string[]
}

/** A company's name. Surname readings stay off: they would turn 银行 into "yin xing". */
export function companyPinyin(name: string): Pinyin {
  return spell(soundsOf(name, 'company'))
}

/** A person's name: 单 is Shan, 解 is Xie, 尉迟 is Yuchi. */
export function personPinyin(name: string): Pinyin {
  return spell(soundsOf(name, 'person'))
}

/** The sound of each character; what has none stands for itself. */
export function soundsOf(name: string, as: 'company' | 'person'): string[] {
  const surname = as === 'person' ? ({ surname: 'head' } as const) : {}
  return pinyin(name, { toneType: 'none', type: 'array', v: true, toneSandhi: false, ...surname })
}

function spell(tokens: string[]): Pinyin {
  const spelt: Pinyin = { full: '', initials: '', syllables: [] }
  for (const token of tokens) {
    const sound = token.toLowerCase()
    if (!/^[a-z0-9]+$/.test(sound)) continue
    spelt.full += sound
    spelt.initials += sound[0]
    if (token.length > 1 || /^[aeo]$/.test(token)) spelt.syllables.push(sound)
  }
  return spelt
}
