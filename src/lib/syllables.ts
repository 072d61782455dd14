type Step = { from: number; to: number; syllable: string | null }

/** The ways to cut Latin letters into pinyin syllables; the last one may be unfinished and is then left out. */
export type Syllables = {
  /** each way, or null when there are more than four */
  cuts: string[][] | null
  /** syllables that are in every way */
  always: string[]
  /** syllables that a way begins with */
  begins: string[]
}

const mostCuts = 4
const longestWord = 60

export function syllablesOf(word: string): Syllables {
  if (word.length < 2 || word.length > longestWord) return { cuts: [], always: [], begins: [] }
  const steps = stepsOf(word)
  const reached = [1, ...Array.from(word, () => 0)]
  const onward = [...Array.from(word, () => 0), 1]
  for (const { from, to } of steps) reached[to]! += reached[from]!
  for (const { from, to } of steps.toReversed()) onward[from]! += onward[to]!
  const ways = onward[0]!
  const useful = steps.filter(({ from, to }) => reached[from]! > 0 && onward[to]! > 0)
  const always = useful.filter(({ from, to }) => reached[from]! * onward[to]! === ways)
  return {
    cuts: ways > mostCuts ? null : cutsFrom(0, word.length, useful),
    always: whole(always),
    begins: whole(useful.filter(({ from }) => from === 0)),
  }
}

function cutsFrom(at: number, end: number, steps: Step[]): string[][] {
  if (at === end) return [[]]
  return steps
    .filter(({ from }) => from === at)
    .flatMap((step) => cutsFrom(step.to, end, steps).map((after) => [...whole([step]), ...after]))
}

const whole = (steps: Step[]) => steps.flatMap(({ syllable }) => syllable ?? [])

function stepsOf(word: string): Step[] {
  const steps: Step[] = []
  for (let from = 0; from < word.length; from++) {
    for (let to = from + 1; to <= Math.min(word.length, from + 6); to++) {
      const piece = word.slice(from, to)
      if (isSyllable.test(piece)) steps.push({ from, to, syllable: piece })
      else if (from > 0 && to === word.length && isStart.test(piece)) steps.push({ from, to, syllable: null })
    }
  }
  return steps
}

const isSyllable =
  /^(?:[bpm](?:a|o|ai|ei|ao|an|en|ang|eng|i|ie|iao|ian|in|ing|u)|m(?:e|ou|iu)|pou|f(?:a|o|ei|ou|an|en|ang|eng|u)|[dt](?:a|e|ai|ao|ou|an|ang|eng|ong|i|ie|iao|ian|ing|u|uo|ui|uan|un)|d(?:ei|en|ia|iu)|[nl](?:a|e|ai|ei|ao|ou|an|ang|eng|ong|i|ie|iao|iu|ian|in|iang|ing|u|uo|uan|v|ve|ue)|n(?:en|un)|l(?:ia|un|o)|[gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)|[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)|(?:zh|ch|z|c|s)(?:a|e|i|ai|ao|ou|an|en|ang|eng|ong|u|uo|ui|uan|un)|z(?:ei|hei|hua|huai|huang)|ch(?:ua|uai|uang)|sh(?:a|e|i|ai|ei|ao|ou|an|en|ang|eng|u|ua|uo|uai|ui|uan|un|uang)|r(?:e|i|ao|ou|an|en|ang|eng|ong|u|ua|uo|ui|uan|un)|y(?:a|e|i|o|ao|ou|an|in|ang|ing|ong|u|ue|uan|un)|w(?:a|o|ai|ei|an|en|ang|eng|u)|a|ai|an|ang|ao|e|ei|en|eng|er|ou)$/u

/** What may stand at the end of a word that is still being typed. */
const isStart = /^(?:[bpmfdtnlgkhjqxryw]|[zcs]h?)(?:[aeiouv][a-z]{0,3})?$/u
