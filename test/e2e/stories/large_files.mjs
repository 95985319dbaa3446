// A file of two gigabytes, where 32 or 64 MB are taken: the person reads which limit and what to do, and what they chose
// stays; with scripts before it is sent, without them after.
import assert from 'node:assert/strict';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';
import { photograph } from '../forms.mjs';

const ID = /^\/entrustments\/[0-9a-f-]{36}$/;
const TWO_GIGABYTES = 2 * 1024 ** 3;

describe('files that are too large', () => {
  let house;
  let large; // sparse: it takes no place
  before(async () => {
    house = await House.open();
    large = path.join(house.data, 'scan.pdf');
    const file = await open(large, 'w');
    await file.truncate(TWO_GIGABYTES);
    await file.close();
  });
  after(async () => {
    await rm(large, { force: true });
    await house.close();
  });

  const field = (page, name) => page.locator(`[name="${name}"]`);

  async function reach(visitor, below) {
    const { page } = visitor;
    await page.goto('/entrustments');
    const links = await page.getByRole('table').getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    for (const link of links.filter((href) => ID.test(href))) {
      if ((await page.goto(`${link}/${below}`)).ok()) return;
    }
  }

  async function toAttachments(visitor) {
    await reach(visitor, 'persons');
    const { page } = visitor;
    await page.goto(`${await page.getByRole('row').nth(1).getByRole('link').getAttribute('href')}/attachments`);
    await field(page, 'paper').selectOption('survey');
    await field(page, 'purpose').selectOption('course_operation');
  }

  function refuseToSend(page) {
    const sent = [];
    page.on('request', (request) => { if (request.method() === 'POST') sent.push(request.url()); });
    return sent;
  }

  it('are told of beside the field before they are sent, and what was chosen stays', async () => {
    const handler = await house.person('course-handler');
    const { page } = handler;
    await toAttachments(handler);
    const sent = refuseToSend(page);
    await field(page, 'file').setInputFiles(large);
    const told = page.getByRole('alert').filter({ hasText: 'ファイルが大きすぎます（32MBまで）' });
    await told.waitFor();
    assert.match(await told.innerText(), /選んだファイルは 2,048MB です/);
    await page.getByRole('button', { name: '調べて保存する' }).click();
    assert.ok(await field(page, 'file').evaluate((input) => document.activeElement === input));
    assert.deepEqual(sent, []);
    assert.equal(await field(page, 'paper').inputValue(), 'survey');
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('large_files/before_sending');
    const small = await photograph(house.browser);
    await field(page, 'file').setInputFiles({ name: 'scan.jpg', mimeType: 'image/jpeg', buffer: small });
    assert.equal(await told.count(), 0);
    await page.getByRole('button', { name: '調べて保存する' }).click();
    await page.getByText('書類を保管しました').waitFor();
    await handler.leave();
  });

  it('are answered with the form as it was filled in, when the browser runs no scripts', async () => {
    const handler = await house.person('course-handler', { javaScriptEnabled: false });
    handler.expect(/status of 413/);
    const { page } = handler;
    await toAttachments(handler);
    await field(page, 'file').setInputFiles(large);
    await page.getByRole('button', { name: '調べて保存する' }).click({ timeout: 110_000 });
    await page.locator('.field-error').filter({ hasText: 'ファイルが大きすぎます（32MBまで）' }).waitFor({ timeout: 110_000 });
    assert.equal(await field(page, 'paper').inputValue(), 'survey');
    assert.equal(await field(page, 'purpose').inputValue(), 'course_operation');
    await handler.fitsWidth(375);
    await handler.screenshot('large_files/after_sending');
    await handler.leave();
  });

  it('leave the choices for the letters as they were made, with scripts and without', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const handler = await house.person('handler', { javaScriptEnabled });
      handler.expect(/status of (413|403|404)/);
      const { page } = handler;
      await reach(handler, 'guidance/intake');
      await page.locator('[name="bad_rows"][value="set-aside"]').check();
      await page.locator('[name="undeclared"][value="drop"]').check();
      await field(page, 'file').setInputFiles(large);
      await page.getByRole('button', { name: '検査して取り込む' }).click({ timeout: 110_000 });
      await page.locator('.field-error').filter({ hasText: '合わせて 64MB まで' }).waitFor({ timeout: 110_000 });
      assert.ok(await page.locator('[name="bad_rows"][value="set-aside"]').isChecked());
      assert.ok(await page.locator('[name="undeclared"][value="drop"]').isChecked());
      await handler.screenshot(`large_files/letters_${javaScriptEnabled ? 'before' : 'after'}_sending`);
      await handler.leave();
    }
  });
});
