// All that runs in the browser. Without it the page shows the same, as of when it was loaded.
const panel = document.querySelector('#panel')
let live
let brings = '' // what the last button asked for, until it has come

// A browser has six connections for one server. A tab that nobody sees takes none, or the seventh would wait forever.
function look() {
  live?.close()
  if (document.hidden) return
  live = new EventSource(panel.dataset.live)
  // Whatever it holds was written by our own templates, which escape what comes from elsewhere.
  live.addEventListener('panel', ({ data }) => show(JSON.parse(data)))
  live.addEventListener('error', lost)
}

function show(html) {
  const template = document.createElement('template')
  template.innerHTML = html
  const added = renew(panel, template.content)
  const brought = added.findLast((node) => brings && node.matches(brings))
  if (brought === undefined) return added.some((node) => node.matches('.report')) && showVerdict()
  brought.scrollIntoView({ block: 'nearest' })
  if (!brought.matches('.running')) brings = ''
}

// A hint may have moved the side away from what the checks say next. Where there is no side, nothing moves.
function showVerdict() {
  const side = panel.closest('.yours')
  const first = panel.querySelector('.after, .first') ?? panel.querySelector('.report')
  const last = panel.querySelector('.said') ?? first
  const end = last.offsetTop + last.offsetHeight
  const standing = panel.querySelector('.standing').offsetHeight
  side.scrollTop = end <= side.clientHeight ? 0 : first.offsetTop - standing
}

// What is as it was stays in place: a link keeps its focus, and a screen reader reads only what is new.
function renew(place, { children }) {
  const added = []
  let at = place.firstElementChild
  for (const node of [...children]) {
    let same = at
    while (same && !same.isEqualNode(node)) same = same.nextElementSibling
    if (same) {
      while (at !== same) at = drop(at)
      at = same.nextElementSibling
    } else if (at?.matches('.standing') && node.matches('.standing')) {
      at.className = node.className
      renew(at, node)
      at = at.nextElementSibling
    } else {
      place.insertBefore(node, at)
      added.push(node)
    }
  }
  while (at) at = drop(at)
  return added
}

function drop(node) {
  const next = node.nextElementSibling
  node.remove()
  return next
}

// It asks again by itself, and what it hears then takes the place of this note.
function lost() {
  if (panel.querySelector('.lost')) return
  const note = document.createElement('p')
  note.className = 'note lost'
  note.textContent = 'The course does not answer. Is it still running? npm run learn -- --web'
  panel.prepend(note)
}

document.addEventListener('visibilitychange', look)
look()

// A button is heard, and the page stays where it was read: what it brings comes into sight beside it.
for (const form of document.querySelectorAll('.yours form')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    brings = form.dataset.brings ?? ''
    form.closest('details')?.removeAttribute('open')
    fetch(form.action, { method: 'POST', redirect: 'manual' }).catch(lost)
  })
}
