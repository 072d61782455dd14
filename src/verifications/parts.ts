/** CUS-07: the parts of a record that are verified; a contact's and an address's are called contact:12, address:3. */
export const mainParts = ['identity', 'reach', 'background'] as const
export type MainPart = (typeof mainParts)[number]
export type Part = MainPart | `contact:${bigint}` | `address:${bigint}`

export const isMain = (part: Part): part is MainPart => (mainParts as readonly string[]).includes(part)
