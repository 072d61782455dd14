// Once a customer is chosen, the form shows its contacts and its address. Without a script a page of its own does.
export default function ofCustomer(form) {
  const input = form.elements.namedItem('customer')
  const part = form.querySelector('[data-of-customer]')
  if (!input || !part) return
  let shown = input.value.trim().toUpperCase()
  let under = null

  async function show() {
    const number = input.value.trim().toUpperCase()
    if (number === shown || !/^K\d{10,}$/.test(number)) return
    shown = number
    under?.abort()
    under = new AbortController()
    try {
      const url = `${form.dataset.facts}?${new URLSearchParams({ customer: number })}`
      const response = await fetch(url, { signal: under.signal, redirect: 'error' })
      if (!response.ok) throw new Error(response.statusText)
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      const found = page.querySelector('form [data-of-customer]')
      if (found) part.replaceChildren(...found.childNodes)
      for (const name of ['place', 'district'])
        form.elements.namedItem(name).placeholder = page.querySelector(`form [name="${name}"]`)?.placeholder ?? ''
    } catch (error) {
      if (error.name !== 'AbortError') shown = ''
    }
  }

  const events = ['input', 'change']
  for (const event of events) input.addEventListener(event, show)
  return () => {
    under?.abort()
    for (const event of events) input.removeEventListener(event, show)
  }
}
