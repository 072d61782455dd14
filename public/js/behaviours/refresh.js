// A part that is still moving (an import, a scan) is read again every data-every milliseconds, until it comes without this.
const { up } = window

export default function refresh(part) {
  const every = Number(part.dataset.every ?? 2000)
  let clock
  const again = async () => {
    if (document.hidden || part.contains(document.activeElement)) return wait(every)
    try {
      await up.reload(part, { background: true, focus: 'keep', scroll: false, history: false })
    } catch {
      wait(every * 5)
    }
  }
  const wait = (time) => (clock = setTimeout(again, time))
  wait(every)
  return () => clearTimeout(clock)
}
