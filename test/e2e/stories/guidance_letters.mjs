// The main job: the ward's file in, 4,413 letters out, through every floor, with a second person's approval.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

describe('the guidance letters', () => {
  let house;
  let entrustment;
  const file = path.join(process.env.AZUKARI_WORK, 'from_the_ward.csv');
  before(async () => {
    house = await House.open();
    const layout = fileURLToPath(new URL('../../../definitions/layouts/guidance', import.meta.url));
    execFileSync(process.env.AZUKARI_PROGRAM, ['guidance', 'sample', '--differences', '2', '--layout', layout, '--output', file], { stdio: 'pipe' });
    const handler = await house.person('handler');
    await handler.page.goto('/entrustments');
    const links = await handler.page.getByRole('table').getByRole('link').evaluateAll((all) =>
      all.map((link) => link.getAttribute('href')));
    entrustment = links.find((href) => /^\/entrustments\/[0-9a-f-]{36}$/.test(href));
    await handler.leave();
  });
  after(async () => { await house.close(); });

  async function takeIn(page, content) {
    const sent = path.join(process.env.AZUKARI_WORK, 'sent.csv');
    await writeFile(sent, content);
    await page.goto(`${entrustment}/guidance/intake`);
    await page.getByLabel('区から受け取ったファイル').setInputFiles(sent);
    await page.getByRole('button', { name: '検査して取り込む' }).click();
  }

  it('refuses a file with a wrong cell, names the cell and not what stands in it [G1]', async () => {
    const supervisor = await house.person('supervisor');
    supervisor.expect(/status of 4\d\d/);
    const bytes = await readFile(file);
    const second = bytes.indexOf('\r\n') + 2;
    const broken = Buffer.concat([bytes.subarray(0, second), Buffer.from('壊れた行\r\n'), bytes.subarray(second)]);
    await takeIn(supervisor.page, broken);
    await supervisor.page.getByRole('main').getByText(/行/).first().waitFor();
    assert.ok(!(await supervisor.page.getByRole('main').innerText()).includes('人を取り込みました'));
    await supervisor.pageIsAccessible();
    await supervisor.screenshot('guidance/refused_file');
    await supervisor.leave();
  });

  it('checks a file from the command line, and tells whom to ask the ward about [G1] [G2]', () => {
    const layout = fileURLToPath(new URL('../../../definitions/layouts/guidance', import.meta.url));
    const rules = fileURLToPath(new URL('../../../definitions/stratification', import.meta.url));
    const checked = spawnSync(process.env.AZUKARI_PROGRAM,
      ['guidance', 'check', '--input', file, '--layout', layout, '--rules', rules], { encoding: 'utf8' });
    assert.equal(checked.status, 3, checked.stderr);
    assert.equal(checked.stdout.match(/行目 区「/g).length, 2);
    assert.match(checked.stdout, /4413人を検査しました。正しくない欄 0か所（0人）、区分が国の基準と違う人 2人/);
  });

  it('goes from the ward\'s file to approved letters, each step told to the ledger [G1] [G3]', async () => {
    const handler = await house.person('handler');
    const supervisor = await house.person('supervisor2');
    const { page } = handler;
    await page.goto(`${entrustment}/guidance`);
    await page.getByRole('link', { name: '区のデータを取り込む' }).first().click();
    await handler.pageIsAccessible();
    await handler.screenshot('guidance/intake');
    await takeIn(page, await readFile(file));
    await page.getByText('4413 人を取り込みました').waitFor({ timeout: 60_000 });
    const batch = new URL(page.url()).pathname;
    const differing = page.getByRole('table', { name: '区の区分と基準による区分が違う人' });
    assert.equal(await differing.getByRole('row').count(), 3, 'the two of the file, and the heading');
    await handler.pageIsAccessible();
    await handler.screenshot('guidance/stored');
    const officer = await house.person('officer');
    await officer.page.goto(batch);
    await officer.page.getByText('基準と違う人が 2 人います').waitFor();
    await officer.screenshot('guidance/stored_for_the_ward');
    await officer.leave();

    await page.getByRole('button', { name: '通知を組み上げる' }).click();
    await page.getByRole('table', { name: '組み上げた通知' }).waitFor({ timeout: 180_000 });
    await handler.pageIsAccessible();
    await handler.screenshot('guidance/composed');
    assert.equal(await page.getByRole('link', { name: /取り出す/ }).count(), 0, 'not before a second person approved');
    assert.equal(await page.getByRole('link', { name: '承認に進む' }).count(), 0, 'who composed may not approve');

    await supervisor.page.goto(`${batch}/approval`);
    await supervisor.proveAgain();
    await supervisor.pageIsAccessible();
    await supervisor.screenshot('guidance/approval');
    // A specimen is asked for by a button: what a browser fetches ahead by itself reads nobody's information.
    const specimen = supervisor.page.waitForEvent('download', { timeout: 60_000 });
    await supervisor.page.getByRole('button', { name: /の見本$/ }).first().click();
    const shown = path.join(process.env.AZUKARI_WORK, 'specimen.pdf');
    await (await specimen).saveAs(shown);
    execFileSync('qpdf', ['--check', shown], { stdio: 'pipe' });
    const asked = await supervisor.page.locator('form[action*="/specimen/"]').first().getAttribute('action');
    assert.equal((await supervisor.page.request.get(asked)).status(), 405);
    await supervisor.page.getByRole('button', { name: '見本を確かめたので承認する' }).click();
    await supervisor.page.getByText('承認しました。').waitFor();

    await page.goto(batch);
    const rows = page.getByRole('table', { name: '組み上げた通知' }).getByRole('row');
    const categories = await rows.count() - 1;
    let letters = 0;
    for (let n = 1; n < await rows.count(); n += 1) {
      const cells = await rows.nth(n).getByRole('cell').allInnerTexts();
      const [count, pages, print] = [cells.at(-4), cells.at(-3), cells.at(-2)].map((text) => text.replaceAll(',', '').trim());
      letters += Number(count);
      await rows.nth(n).getByRole('link', { name: /取り出す/ }).click();
      await handler.proveAgain();
      if (n === 1) {
        handler.expect(/status of 422/);
        await page.getByRole('textbox', { name: /渡し先/ }).fill('　');
        await page.getByRole('button', { name: '記録して取り出す' }).click();
        await page.getByText('渡し先（印字する場所）を記入してください').first().waitFor();
        await handler.pageIsAccessible();
        await handler.fitsWidth(375);
        await handler.screenshot('guidance/taking_question');
      }
      await page.getByRole('textbox', { name: /渡し先/ }).fill('架空印刷株式会社 第1印字室');
      const waiting = page.waitForEvent('download', { timeout: 120_000 });
      await page.getByRole('button', { name: '記録して取り出す' }).click();
      const taken = path.join(process.env.AZUKARI_WORK, `letters-${n}.pdf`);
      await (await waiting).saveAs(taken);
      assert.ok(createHash('sha256').update(await readFile(taken)).digest('hex').startsWith(print));
      execFileSync('qpdf', ['--check', taken], { stdio: 'pipe' });
      assert.equal(execFileSync('qpdf', ['--show-npages', taken], { encoding: 'utf8' }).trim(), pages);
      const first = execFileSync('pdftotext', ['-l', '2', taken, '-'], { encoding: 'utf8' });
      assert.match(first, /様/, `${cells[0]}: addressed to a person`);
      await page.goto(batch);
    }
    assert.equal(letters, 4413);
    await handler.screenshot('guidance/taken');
    await page.goto(`${entrustment}/custody/copies`);
    assert.equal(await page.getByRole('row', { name: /ファイルの取出し.*第1印字室.*まだ外にある/ }).count(), categories, 'each file is a copy that is out [K51]');
    await handler.pageIsAccessible();
    await handler.screenshot('guidance/copies_out');
    await handler.leave();
    await supervisor.leave();
  });
});
