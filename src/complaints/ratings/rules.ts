/** SAT-03: what the customer service manager hears of at once. */
export const isLow = (score: number): boolean => score <= 2
