// The door: who comes in, who does not, and what is left behind when one goes.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

describe('signing in', () => {
  let house;
  before(async () => { house = await House.open(); });
  after(async () => { await house.close(); });

  it('leads a stranger to the door and back to where they wanted to go [K13]', async () => {
    const visitor = await house.visitor();
    await visitor.page.goto('/entrustments');
    assert.equal(new URL(visitor.page.url()).pathname, '/sign-in');
    await visitor.pageIsAccessible();
    await visitor.leave();
  });

  it('says no to a wrong code in one sentence that does not tell what was wrong [K13]', async () => {
    const visitor = await house.visitor();
    visitor.expect(/status of 4\d\d/);
    const { page } = visitor;
    await page.goto('/sign-in');
    await page.getByLabel('ログイン名').fill(house.account('auditor').login);
    await page.getByLabel('パスワード').fill(house.account('auditor').password);
    await page.getByLabel('認証コード').fill('000000');
    await page.getByRole('button', { name: 'ログイン', exact: true }).click();
    const sentence = await page.locator('#errors').innerText();
    await visitor.pageIsAccessible();
    await visitor.screenshot('guest/refused_entry');
    await page.getByLabel('ログイン名').fill('nobody-of-that-name');
    await page.getByLabel('パスワード').fill('not-the-password-at-all');
    await page.getByRole('button', { name: 'ログイン', exact: true }).click();
    assert.equal(await page.locator('#errors').innerText(), sentence);
    await visitor.leave();
  });

  it('ends on the server too: the cookie of a session that was left opens nothing [K13]', async () => {
    const visitor = await house.person('security_officer');
    const cookies = await visitor.context.cookies();
    for (const cookie of cookies) {
      assert.ok(cookie.httpOnly, `${cookie.name} can be read by scripts`);
      assert.notEqual(cookie.sameSite, 'None');
    }
    await visitor.page.getByRole('button', { name: 'ログアウト' }).click();
    await visitor.page.waitForURL(/sign-in/);
    await visitor.context.addCookies(cookies);
    await visitor.page.goto('/');
    assert.equal(new URL(visitor.page.url()).pathname, '/sign-in');
    await visitor.leave();
  });

  it('works without scripts', async () => {
    const visitor = await house.person('ward_reviewer', { javaScriptEnabled: false });
    assert.equal(await visitor.page.getByRole('heading', { level: 1 }).count(), 1);
    await visitor.leave();
  });

  it('works with the keyboard alone, the way to the content first', async () => {
    const visitor = await house.person('ward_officer');
    const { page } = visitor;
    await page.goto('/');
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => document.activeElement.getAttribute('href'));
    assert.match(first, /^#/, 'the first stop skips to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)));
    await visitor.leave();
  });
});
