let source = () => new Date()
let shift = 0

/** The one source of the present moment; nothing else reads the system's clock. */
export function now(): Date {
  return shift === 0 ? source() : new Date(source().getTime() + shift)
}

/** What the machine itself says, however far the product's clock has been moved. */
export function machineNow(): Date {
  return source()
}

/** For tests: lets time stand or move as they say. */
export function moveClock(to: () => Date): void {
  source = to
}

/** For development: how many milliseconds the product's clock is ahead of the machine's, and goes on so. */
export function shiftClock(ms: number): void {
  shift = ms
}

export function clockShift(): number {
  return shift
}
