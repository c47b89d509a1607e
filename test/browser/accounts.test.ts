// Sign up, look at the devices, end one: as a person does it, with JavaScript on and off.
import t from 'tap'
import { PASSWORD, testAccounts } from '../support/accounts.ts'
import { browserTest, heading } from '../support/browser.ts'
import { listening } from '../support/listening.ts'

for (const javaScriptEnabled of [true, false])
  browserTest(
    t,
    `two devices, with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`,
    async (t, open) => {
      const { url } = await listening(t, (await testAccounts()).app)
      const send = async ({ page }: Awaited<ReturnType<typeof open>>, name: string) => {
        await page.getByLabel('User name').fill('Ada')
        await page.getByLabel('Password').fill(PASSWORD)
        await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name }).click()])
      }
      const laptop = await open({ javaScriptEnabled })
      await laptop.page.goto(`${url}/signup`)
      await send(laptop, 'Sign up')
      t.equal(await heading(laptop.page), 'My devices')

      const phone = await open({ javaScriptEnabled })
      await phone.page.goto(`${url}/signin`)
      await send(phone, 'Sign in')
      await laptop.page.reload()
      t.equal(await laptop.page.locator('.devices li').count(), 2)

      const end = laptop.page.getByRole('button', { name: 'End this session' })
      await Promise.all([laptop.page.waitForEvent('load'), end.click()])
      t.equal(await laptop.page.locator('.devices li').count(), 1)
      await phone.page.reload()
      t.equal(await heading(phone.page), 'Sign in', 'the other device is out')
      t.strictSame([...laptop.complaints, ...phone.complaints], [])
    },
  )
