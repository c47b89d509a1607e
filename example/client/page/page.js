import { ApiError, createClient, IssuerError, SignInNeeded } from './client.js'

const { issuer, namespace } = await (await fetch('/where.json')).json()
const client = createClient({ issuer, namespace, apis: [location.origin] })
const status = document.querySelector('[role=status]')

/** Does it, and says that it is under way, and what came of it. */
async function say(work) {
  status.textContent = 'Waiting for an answer'
  try {
    status.textContent = await work()
  } catch (error) {
    status.textContent = sayWhy(error)
  }
}

function sayWhy(error) {
  if (error instanceof SignInNeeded) return `Sign in: ${error.message}`
  if (error instanceof ApiError && error.status === 403) return 'This is not for you'
  return error.message
}

/** What a press of this button does. */
function on(id, work) {
  document.getElementById(id).addEventListener('click', () => say(work))
}

document.getElementById('sign-in').addEventListener('submit', (event) => {
  event.preventDefault()
  const { username, password } = Object.fromEntries(new FormData(event.target))
  event.target.reset()
  say(async () => {
    await client.login(username, password)
    return `${username} is signed in`
  })
})

on('hello', async () => `Hello, ${(await client.get('/hello')).hello}`)
on('staff', async () => `${(await client.get('/staff')).staff} is staff`)
on('sign-out', async () => {
  try {
    await client.logout()
    return 'Signed out'
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    return 'Signed out here, but the issuer was not told'
  }
})
