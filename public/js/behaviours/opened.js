// A request came into the page by itself: the list beside it says which one is open now.
export default function opened(part) {
  const { number } = part.dataset
  for (const link of document.querySelectorAll('.inbox-list [data-number]'))
    if (link.dataset.number === number) {
      link.setAttribute('aria-current', 'true')
      link.closest('li').scrollIntoView({ block: 'nearest' })
    } else link.removeAttribute('aria-current')
  // On the phone one sees the list or the request: what came into a page that stood already was chosen.
  const page = part.closest('.inbox')
  if (page && 'stood' in page.dataset) page.classList.add('inbox-open')
  else if (page) page.dataset.stood = ''
}
