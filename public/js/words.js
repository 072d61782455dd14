// The few sentences scripts say, in the person's language; the layout writes them on <body>.
const words = JSON.parse(document.body.dataset.words ?? '{}')

export const word = (name, params = {}) =>
  (words[name] ?? '').replace(/\{(\w+)\}/g, (whole, key) => params[key] ?? whole)
