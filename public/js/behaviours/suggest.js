// A field for another customer offers those the search finds; what is chosen is the number. Without a script one types it.
let serial = 0

export default function suggest(part) {
  const input = part.closest('form')?.elements.namedItem(part.dataset.for)
  const list = part.querySelector('datalist')
  if (!input || !list) return
  list.id = `suggested-${++serial}`
  input.setAttribute('list', list.id)

  let asked = ''
  let under = null
  let clock

  async function ask() {
    const q = input.value.trim()
    if (q === asked || q === '' || [...list.options].some(({ value }) => value === q)) return
    asked = q
    under?.abort()
    under = new AbortController()
    try {
      const response = await fetch(`/search?${new URLSearchParams({ q })}`, { signal: under.signal, redirect: 'error' })
      if (!response.ok) throw new Error(response.statusText)
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      const found = new Map()
      for (const hit of page.querySelectorAll('a.hit[href^="/customers/K"]')) {
        const number = hit.getAttribute('href').split(/[/#?]/)[2]
        if (!found.has(number)) found.set(number, asOption(number, hit.querySelector('span').textContent.trim(), q))
      }
      list.replaceChildren(...found.values())
    } catch (error) {
      if (error.name !== 'AbortError') asked = ''
    }
  }

  const soon = () => {
    clearTimeout(clock)
    clock = setTimeout(ask, 200)
  }
  input.addEventListener('input', soon)
  return () => (clearTimeout(clock), under?.abort(), input.removeEventListener('input', soon))
}

// A browser shows only the options that hold what is typed; one found by its sound holds it behind the name.
function asOption(number, name, q) {
  const option = document.createElement('option')
  option.value = number
  option.label = number.includes(q) || name.includes(q) ? name : `${name} · ${q}`
  return option
}
