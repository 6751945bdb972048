import type { Page } from '@playwright/test'
import { inject } from './demo'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'

/** The answer at the top of an order's page. */
const answerOf = (page: Page) => {
  const answer = page.getByRole('region', { name: 'Why is it there?' })
  return {
    answer,
    /** What stands beside one of its words: who acts, what to do, what not. */
    beside: (word: string) =>
      answer
        .getByRole('term')
        .filter({ hasText: new RegExp(`^${word}$`) })
        .locator('xpath=following-sibling::dd[1]'),
    more: answer.getByRole('button', { name: 'More about this' }),
  }
}

/** What a click on the button puts into the clipboard. */
async function copy(page: Page, button: string): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await answerOf(page).answer.getByRole('button', { name: button }).click()
  await expect(answerOf(page).answer.getByRole('button', { name: 'Copied' })).toBeVisible()
  return page.evaluate('navigator.clipboard.readText()')
}

const ANSWERS = [
  {
    failure: 'FP-03',
    sentence:
      /saved in Shop but has not reached Sales system \(CRM\)\. It is not being worked on\./,
    acts: 'engineers',
    todo: 'Give the engineers the order number and this page.',
    dont: 'Do not ask for the order again: a duplicate would be made.',
    reply: /^We have your order and are looking into a delay on our side\./,
  },
  {
    failure: 'FP-02',
    sentence: /^The 3D file for this order is missing\..* until the customer uploads it again\.$/,
    acts: 'the customer',
    todo: 'Ask the customer to do that step again.',
    dont: 'Do not promise a time.',
    reply: /^We could not use the 3D file of your order\. Please upload it once more\.$/,
  },
  {
    failure: 'FP-09',
    sentence: /^The order is waiting for a seller to confirm it since .+\. Contact sales\./,
    acts: 'sales',
    todo: 'Ask them when they will come to it.',
    dont: 'Do not promise a time.',
    reply: /^Your order is at the stage “Price calculated”\. We will write to you/,
  },
] as const

for (const { failure, sentence, acts, todo, dont, reply } of ANSWERS)
  test(`support reads what happened, who acts and what to say: ${failure}`, async ({ as }) => {
    const page = await as('support')
    const { answer, beside } = answerOf(page)
    await journeyPage(page).open(await inject(failure))
    await expect(answer.getByText('Confirmed', { exact: true })).toBeVisible()
    await expect(answer.getByRole('paragraph').filter({ hasText: sentence })).toBeVisible()
    await expect(beside('Who acts')).toHaveText(acts)
    await expect(beside('What to do')).toHaveText(todo)
    await expect(beside('What not to do')).toHaveText(dont)

    const words = await copy(page, 'Copy a text for the customer')
    expect(words).toMatch(reply)
    expect(words).not.toMatch(/CRM|MES|Shop|queue|engineer/)
  })

test('engineers are told where to look first, and each fact leads to its place', async ({ as }) => {
  const page = await as('devops')
  const { answer, more } = answerOf(page)
  const journey = journeyPage(page)
  await journey.open(await inject('FP-08'))
  await expect(answer).toContainText('The reason: Sales system (CRM) has not sent the message.')
  await more.click()
  await expect(
    answer.getByRole('heading', { name: 'For engineers: look here first' }),
  ).toBeVisible()
  await expect(answer).toContainText('the publish span; the queue’s state')
  const facts = answer.getByRole('listitem').getByRole('link')
  await expect(facts).not.toHaveCount(0)
  const named = await facts.first().innerText()
  await facts.first().click()
  await expect(journey.details).toContainText(named)
})

test('an answer about a partner’s order speaks of the partner', async ({ as }) => {
  const page = await as('support')
  const { answer, more } = answerOf(page)
  await journeyPage(page).open(await inject('FP-13', '--partner'))
  await expect(answer).toContainText('not registered in Sales system (CRM)')
  await expect(answer).toContainText('Do not ask the partner to send it again.')
  expect(await copy(page, 'Copy a text for the partner')).toMatch(/^We have your order/)
  await more.click()
  await expect(answer.getByRole('heading', { name: 'Text for the partner' })).toBeVisible()
  await expect(answer).not.toContainText(/customer/i)
  // The same words in the other language.
  await answer.getByRole('radio', { name: 'Русский' }).click()
  await expect(answer.getByText(/^Ваш заказ у нас/)).toBeVisible()
})
