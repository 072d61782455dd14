// Province, city, district: each field offers what lies in the one before it. Without a script they are plain text.
const names = ['province', 'city', 'district']
let serial = 0

export default function divisions(part) {
  const form = part.closest('form')
  const inputs = names.map((name) => form?.elements.namedItem(name))
  if (inputs.some((input) => !input)) return
  const lists = [...part.querySelectorAll('datalist')]
  // A drawer may show the same fields as the page below it; a list is found by its identifier.
  for (const [at, list] of lists.entries()) {
    list.id = `d-${names[at]}-${++serial}`
    inputs[at].setAttribute('list', list.id)
  }

  let asked = null
  let under = null
  let clock

  async function ask() {
    const [province, city] = inputs.map((input) => input.value.trim())
    const query = String(new URLSearchParams({ province, city }))
    if (query === asked) return
    asked = query
    under?.abort()
    under = new AbortController()
    try {
      const response = await fetch(`/divisions?${query}`, { signal: under.signal, redirect: 'error' })
      if (!response.ok) throw new Error(response.statusText)
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      for (const [at, name] of names.entries())
        lists[at].replaceChildren(...(page.querySelector(`[data-list="${name}"]`)?.children ?? []))
    } catch (error) {
      if (error.name !== 'AbortError') asked = null
    }
  }

  const soon = () => {
    clearTimeout(clock)
    clock = setTimeout(ask, 150)
  }
  const stop = new AbortController()
  for (const input of inputs) {
    input.addEventListener('focus', ask, { signal: stop.signal })
    input.addEventListener('input', soon, { signal: stop.signal })
  }
  return () => (clearTimeout(clock), under?.abort(), stop.abort())
}
