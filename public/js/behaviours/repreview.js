// What a form would come to, tried out as it is filled in: the columns of a file as soon as they are chosen, what is typed
// after a short pause. data-asks: the fields it is asked with, else all; data-target: the parts that come back. Without a
// script the button asks for it.
const { up } = window
const pause = 350

export default function repreview(form) {
  const asks = form.dataset.asks?.split(' ')
  const target = form.dataset.target ?? '#preview'
  const tried = (name) => (asks ? asks.includes(name) : !name.startsWith('_') && name !== 'act')
  const query = () => String(new URLSearchParams([...new FormData(form)].filter(([name]) => tried(name))))
  let last = query()
  let clock
  const look = async () => {
    clearTimeout(clock)
    const asked = query()
    if (asked === last) return
    last = asked
    const url = `${form.getAttribute('action')}?${asked}`
    try {
      await up.render({ target, url, origin: form, history: false, focus: 'keep', scroll: false, abort: target })
    } catch {
      // A newer choice is on its way, or the preview keeps what it shows.
    }
  }
  const soon = () => {
    clearTimeout(clock)
    clock = setTimeout(look, pause)
  }
  form.addEventListener('change', look)
  if (asks) form.addEventListener('input', soon)
  return () => (clearTimeout(clock), form.removeEventListener('change', look), form.removeEventListener('input', soon))
}
