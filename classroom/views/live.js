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
}

document.addEventListener('visibilitychange', look)
look()

// A button is heard, and the page stays where it was read.
for (const form of document.querySelectorAll('.yours form')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    form.closest('details')?.removeAttribute('open')
    fetch(form.action, { method: 'POST', redirect: 'manual' }).catch(() => form.submit())
  })
}
