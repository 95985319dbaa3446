// 委託の登録: read, edited by two at once, printed for the council.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

async function openings(page) {
  await page.goto('/entrustments');
  return page.getByRole('table').getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href'))
    .filter((href) => /^\/entrustments\/[0-9a-f-]{36}$/.test(href)));
}

describe('the register', () => {
  let house;
  before(async () => { house = await House.open(); });
  after(async () => { await house.close(); });

  it('shows the five entrustments with every part of what was reported [K01] [K02]', async () => {
    const officer = await house.person('ward_officer');
    const found = await openings(officer.page);
    assert.equal(found.length, 5);
    for (const entrustment of found) {
      for (const part of ['', '/items', '/measures', '/provisions', '/flow', '/versions', '/work-flow']) {
        await officer.page.goto(entrustment + part);
        assert.equal(await officer.page.getByRole('heading', { level: 1 }).count(), 1, entrustment + part);
      }
    }
    await officer.leave();
  });

  it('lets the second of two editors see the conflict, and overwrites nothing [K04]', async () => {
    const [first, second] = [await house.person('ward_officer'), await house.person('ward_reviewer')];
    second.expect(/status of 409/);
    const [entrustment] = await openings(first.page);
    const edit = `${entrustment}/edit/outline`;
    await first.page.goto(edit);
    await second.page.goto(edit);
    for (const [editor, words] of [[first, '先に保存した架空の目的'], [second, '後から書いた架空の目的']]) {
      await editor.page.locator('[name="outline.purpose"]').fill(words);
      await editor.page.getByLabel('変更の理由').fill(`${words}のため`);
      await editor.page.getByRole('button', { name: '保存する' }).click();
    }
    await first.page.waitForURL(`**${entrustment}`);
    await second.page.getByText('ほかの人が先に変更しました').waitFor();
    const table = await second.page.getByRole('table').first().innerText();
    assert.ok(table.includes('先に保存した架空の目的') && table.includes('後から書いた架空の目的'), table);
    await second.pageIsAccessible();
    await second.screenshot('register/conflict');
    await first.page.goto(entrustment);
    assert.ok((await first.page.getByRole('main').innerText()).includes('先に保存した架空の目的'));
    await second.page.getByRole('button', { name: '双方を確かめて保存する' }).click();
    await second.page.waitForURL(`**${entrustment}`);
    assert.ok((await second.page.getByRole('main').innerText()).includes('後から書いた架空の目的'));
    await first.leave();
    await second.leave();
  });

  it('prints the council paper of each entrustment, its words readable as text [K01] [K03]', async () => {
    const reviewer = await house.person('ward_reviewer');
    for (const [number, entrustment] of (await openings(reviewer.page)).entries()) {
      const answer = await reviewer.context.request.get(`${entrustment}/paper.pdf`);
      assert.equal(answer.headers()['content-type'], 'application/pdf');
      const file = path.join(process.env.AZUKARI_WORK, `paper-${number}.pdf`);
      await writeFile(file, await answer.body());
      execFileSync('qpdf', ['--check', file], { stdio: 'pipe' });
      const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
      for (const word of ['件名', '保有課', '委託理由', '委託の内容']) assert.ok(text.includes(word), `${entrustment}: ${word}`);
    }
    await reviewer.leave();
  });

  it('shows a refused field beside the field, and keeps what was typed', async () => {
    const officer = await house.person('ward_officer');
    officer.expect(/status of 4\d\d/);
    const [entrustment] = await openings(officer.page);
    await officer.page.goto(`${entrustment}/edit/outline`);
    const purpose = officer.page.locator('[name="outline.purpose"]');
    await purpose.evaluate((field) => field.form.setAttribute('novalidate', ''));
    await purpose.fill('');
    await officer.page.getByLabel('変更の理由').fill('書きかけの理由');
    await officer.page.getByRole('button', { name: '保存する' }).click();
    await officer.page.locator('#errors').waitFor();
    assert.equal(await purpose.getAttribute('aria-invalid'), 'true');
    assert.equal(await officer.page.getByLabel('変更の理由').inputValue(), '書きかけの理由');
    await officer.pageIsAccessible();
    await officer.leave();
  });
});
