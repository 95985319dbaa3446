// 記録台帳: read, filtered, taken away as evidence, and verified by a program that shares nothing with the server.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

describe('the ledger', () => {
  let house;
  before(async () => { house = await House.open(); });
  after(async () => { await house.close(); });

  const verify = (...words) => spawnSync(process.env.AZUKARI_VERIFY, words, { encoding: 'utf8' });

  async function take(visitor, button, file) {
    const waiting = visitor.page.waitForEvent('download');
    await visitor.page.getByRole('button', { name: button }).click();
    const to = path.join(process.env.AZUKARI_WORK, file);
    await (await waiting).saveAs(to);
    return to;
  }

  it('is read and filtered by act and by person [K79]', async () => {
    const officer = await house.person('ward_officer');
    const auditor = await house.person('auditor');
    const { page } = auditor;
    await page.goto('/ledger');
    const all = await page.getByRole('table').getByRole('row').count();
    await auditor.choose('行為者', house.account('ward_officer').name);
    await page.getByRole('button', { name: /絞り込|表示/ }).click();
    const some = page.getByRole('table').getByRole('row');
    assert.ok(await some.count() >= 2 && await some.count() < all, `${await some.count()} of ${all}`);
    for (const text of await some.allInnerTexts().then((rows) => rows.slice(1))) {
      assert.ok(text.includes(house.account('ward_officer').name), text);
    }
    await auditor.pageIsAccessible();
    await auditor.screenshot('ledger/filtered');
    await officer.leave();
    await auditor.leave();
  });

  it('goes away as evidence that verifies, and not when one byte was changed [K79]', async () => {
    const auditor = await house.person('auditor');
    await auditor.page.goto('/ledger/evidence');
    await auditor.pageIsAccessible();
    await auditor.screenshot('ledger/evidence');
    const bundle = await take(auditor, '証拠一式を取り出す', 'evidence.zip');
    const told = verify('bundle', bundle);
    assert.equal(told.status, 0, told.stdout + told.stderr);

    const folder = path.join(process.env.AZUKARI_WORK, 'evidence');
    execFileSync('python3', ['-m', 'zipfile', '-e', bundle, folder]);
    assert.equal(verify('bundle', folder).status, 0);
    const names = execFileSync('find', [folder, '-type', 'f', '-path', '*tile/entries/*'], { encoding: 'utf8' }).trim().split('\n');
    assert.ok(names[0], 'the bundle holds the entries');
    const whole = await readFile(names[0]);
    whole[Math.floor(whole.length / 2)] ^= 1;
    await writeFile(names[0], whole);
    assert.equal(verify('bundle', folder).status, 1);
    await auditor.leave();
  });
});
