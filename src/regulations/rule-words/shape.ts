import type { Chapter, register } from '../register.ts'

type Rules = typeof register
type Of<C extends Chapter> = { [R in keyof Rules]: Rules[R]['chapter'] extends C ? R : never }[keyof Rules]

/** What must be said of each rule of a chapter; one without its words does not compile. */
export type ChapterWords<C extends Chapter> = {
  readonly [R in Of<C>]: {
    /** At most twelve Chinese characters. */
    readonly title: string
    /** What the product does today; `{customers_confirm_days}` is the value in force. */
    readonly text: string
    /** As on a chip. */
    readonly article: string
    /** The regulation it comes from, in full. */
    readonly source: string
    readonly acts: { readonly [P in Rules[R]['places'][number]]: string }
  }
}
