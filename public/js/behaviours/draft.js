// A long form keeps what was typed as a draft: a second after one pauses, and when the page is left. Without a script the
// button in the form's foot does the same.
export default function draft(form) {
  const button = form.querySelector('[name=draft]')
  const shown = form.querySelector('[data-draft]')
  if (!button || !shown) return
  // What came back with errors is newer than its draft.
  let unsaved = Boolean(form.querySelector('.errors'))
  // An earlier draft waits to be fetched: it is not written over by what somebody begins to type.
  let waiting = shown.dataset.draft === 'waiting'
  let clock
  let under = null

  const values = () => {
    const typed = [...new FormData(form)].filter(([, value]) => typeof value === 'string')
    return new URLSearchParams([...typed, [button.name, button.value]])
  }
  const send = (options) =>
    fetch(button.formAction, { method: 'POST', body: values(), credentials: 'same-origin', ...options })

  async function save() {
    clearTimeout(clock)
    under?.abort()
    under = new AbortController()
    unsaved = false
    try {
      const response = await send({ signal: under.signal })
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      const said = page.querySelector('[data-draft]')?.textContent
      if (!response.ok || !said) throw new Error(response.statusText)
      shown.textContent = said
      if (waiting) form.parentElement.querySelector('.draft')?.remove()
      waiting = false
    } catch (error) {
      if (error.name === 'AbortError') return
      unsaved = true
      shown.textContent = shown.dataset.failed
    }
  }

  function typed({ target }) {
    if (target.type === 'password' || target.type === 'file') return
    if (waiting) return void (shown.textContent = shown.dataset.unsaved)
    unsaved = true
    clearTimeout(clock)
    clock = setTimeout(save, 1000)
  }
  function forget() {
    clearTimeout(clock)
    under?.abort()
    unsaved = false
  }
  function leaving() {
    clearTimeout(clock)
    if (unsaved) void send({ keepalive: true }).catch(() => {})
    unsaved = false
  }
  const discarded = ({ target }) => target.action?.endsWith('/drafts/discard') && forget()

  form.addEventListener('input', typed)
  form.addEventListener('submit', forget)
  button.addEventListener('click', (event) => (event.preventDefault(), save()))
  document.addEventListener('submit', discarded, { capture: true })
  window.addEventListener('pagehide', leaving)
  return () => {
    leaving()
    document.removeEventListener('submit', discarded, { capture: true })
    window.removeEventListener('pagehide', leaving)
  }
}
