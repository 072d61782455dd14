// A PDF drawn page by page as one comes to it, under the name of whoever reads it. pdf.js comes only here: it is large.
// As sharp as the screen is, and no sharper than paper is read at.
const widest = 1600

export default function pdf(part) {
  const { file, at, viewer, loading, failed, password, page: pageWord } = part.dataset
  const state = part.querySelector('[data-state]')
  let gone = false
  let task
  const watch = new IntersectionObserver(draw, { rootMargin: '100% 0px' })
  const pages = new Map()
  const across = Math.min(widest, Math.round(part.clientWidth * window.devicePixelRatio) || widest)

  state.textContent = loading
  open().catch((error) => {
    if (!gone) state.textContent = error.name === 'PasswordException' ? password : failed
  })

  async function open() {
    const { getDocument, GlobalWorkerOptions } = await import(`${at}/pdf.mjs`)
    GlobalWorkerOptions.workerSrc = `${at}/pdf.worker.mjs`
    task = getDocument({
      url: file,
      cMapUrl: `${at}/cmaps/`,
      cMapPacked: true,
      standardFontDataUrl: `${at}/standard_fonts/`,
      wasmUrl: `${at}/wasm/`,
      // Our policy lets no text become code; there are ways without.
      useWasm: false,
      isEvalSupported: false,
      enableXfa: false,
      disableRange: true,
      disableAutoFetch: true,
      disableStream: true,
    })
    const document = await task.promise
    const first = await document.getPage(1)
    const { width, height } = first.getViewport({ scale: 1 })
    if (gone) return
    state.remove()
    for (let n = 1; n <= document.numPages; n++) part.append(leaf(n, document, { width, height }))
  }

  function leaf(n, document, { width, height }) {
    const figure = element('figure', 'leaf')
    const mark = element('p', 'leaf-mark', viewer)
    // Its own shape until it is drawn, so that nothing jumps.
    const canvas = Object.assign(element('canvas'), { width: across, height: Math.round((across * height) / width) })
    const label = pageWord.replace('%n', n).replace('%total', document.numPages)
    canvas.setAttribute('role', 'img')
    canvas.setAttribute('aria-label', label)
    figure.append(mark, canvas, element('figcaption', 'muted', label))
    pages.set(figure, { n, document, canvas })
    watch.observe(figure)
    return figure
  }

  function draw(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue
      watch.unobserve(target)
      void drawPage(pages.get(target), target).catch(() => (target.querySelector('figcaption').textContent = failed))
    }
  }

  async function drawPage({ n, document, canvas }, figure) {
    const page = await document.getPage(n)
    const scale = across / page.getViewport({ scale: 1 }).width
    const viewport = page.getViewport({ scale })
    Object.assign(canvas, { width: Math.round(viewport.width), height: Math.round(viewport.height) })
    await page.render({ canvas, viewport }).promise
    const { items } = await page.getTextContent()
    // For those who cannot see it, and for finding in the page.
    figure.append(element('p', 'sr', items.map(({ str }) => str).join(' ')))
    page.cleanup()
  }

  return () => {
    gone = true
    watch.disconnect()
    void task?.destroy()
  }
}

function element(tag, className = '', text = '') {
  return Object.assign(document.createElement(tag), { className, textContent: text })
}
