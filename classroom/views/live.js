// All that runs in the browser. Without it the page shows the same, as of when it was loaded.
const panel = document.querySelector('#panel')
let live

// A browser has six connections for one server. A tab that nobody sees takes none, or the seventh would wait forever.
function look() {
  live?.close()
  if (document.hidden) return
  live = new EventSource(panel.dataset.live)
  // Whatever it holds was written by our own templates, which escape what comes from elsewhere.
  live.addEventListener('panel', ({ data }) => {
    panel.innerHTML = JSON.parse(data)
  })
  live.addEventListener('error', lost)
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

// A button is heard, and the page stays where it was read.
for (const form of document.querySelectorAll('.yours form')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    form.closest('details')?.removeAttribute('open')
    fetch(form.action, { method: 'POST', redirect: 'manual' }).catch(lost)
  })
}
