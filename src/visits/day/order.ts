/** What the order of a day needs to know of a visit. */
export type Stop = { startsAt: Date; timed: boolean; district: string | null }

/**
 * VIS-11: visits with a settled hour by time; the others beside those of their district, else at the end, district by
 * district, so that none of them makes the way longer.
 */
export function ordered<S extends Stop>(stops: readonly S[]): S[] {
  const route = stops.filter(({ timed }) => timed).toSorted((one, other) => +one.startsAt - +other.startsAt)
  const open = stops.filter(({ timed }) => !timed)
  for (const stop of open) {
    const beside = stop.district === null ? -1 : endOfFirstRun(route, stop.district)
    route.splice(beside === -1 ? route.length : beside, 0, stop)
  }
  return route
}

/** Behind the last of the first visits on end in this district; -1 where there are none. */
function endOfFirstRun(route: readonly Stop[], district: string): number {
  const from = route.findIndex((one) => one.district === district)
  if (from === -1) return -1
  const after = route.findIndex((one, at) => at > from && one.district !== district)
  return after === -1 ? route.length : after
}

/** The visits at which the way goes back to a district that it had left. */
export function comingBack<S extends Stop>(route: readonly S[]): S[] {
  const known = route.filter(({ district }) => district !== null)
  return known.filter(
    ({ district }, at) =>
      at > 1 &&
      known[at - 1]!.district !== district &&
      known.slice(0, at - 1).some((earlier) => earlier.district === district),
  )
}
