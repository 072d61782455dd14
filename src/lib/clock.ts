let source = () => new Date()

/** The one source of the present moment; nothing else reads the system's clock. */
export function now(): Date {
  return source()
}

/** For tests and the demo: lets time stand or move as they say. */
export function moveClock(to: () => Date): void {
  source = to
}
