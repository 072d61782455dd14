// What the columns of a file are taken as, tried out as soon as it is chosen. Without a script the button asks for it.
const { up } = window

export default function repreview(form) {
  const part = form.querySelector('#preview')
  const tried = (name) => !name.startsWith('_') && name !== 'act'
  const look = async () => {
    const chosen = [...new FormData(form)].filter(([name]) => tried(name))
    const url = `${form.getAttribute('action')}?${new URLSearchParams(chosen)}`
    try {
      await up.render({ target: '#preview', url, origin: part, history: false, focus: 'keep', scroll: false, abort: '#preview' })
    } catch {
      // A newer choice is on its way, or the preview keeps what it shows.
    }
  }
  form.addEventListener('change', look)
  return () => form.removeEventListener('change', look)
}
