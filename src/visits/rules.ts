type Spanned = { startsAt: Date; minutes: number }

/** When a visit is over: the report's clock runs from here, whether anybody pressed a button or not. */
export const endOf = ({ startsAt, minutes }: Spanned): Date => new Date(startsAt.getTime() + minutes * 60_000)
