// The line from the printed letters to the closed counts: matched, sealed, spoiled, pulled, bundled, boxed, with everything
// that people of four roles see of it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

const PERSONS = 12; // of them one is referred: 11 letters of two papers or a few less

describe('the line', () => {
  let house;
  let entrustment;
  let batch;
  let work;
  const papers = {}; // category: the codes of its pages, in the order of printing
  before(async () => {
    house = await House.open();
    work = await mkdtemp(path.join(process.env.AZUKARI_WORK, 'line-'));
  });
  after(async () => { await house.close(); });

  // What a scanner reads of every page, by a reader that is not ours.
  async function read(pdf, category) {
    execFileSync('pdftoppm', ['-r', '150', '-gray', '-png', '-x', '1010', '-y', '1583', '-W', '135', '-H', '135', pdf,
      path.join(work, category)]);
    const pages = (await readdir(work)).filter((name) => name.startsWith(`${category}-`)).sort();
    papers[category] = pages.map((name) =>
      /"(\d{49})"/.exec(execFileSync('ZXingReader', ['-1', '-format', 'DataMatrix', path.join(work, name)], { encoding: 'utf8' }))[1]);
  }

  // The scanner types the code and Enter.
  async function scan(page, code) {
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
  }
  const stage = (page, code) => page.locator(`#line[data-stage=${code}]`).waitFor();

  async function looked(visitor, name) {
    await visitor.pageIsAccessible();
    await visitor.fitsWidth(390);
    await visitor.screenshot(`sealing/${name}`);
    await visitor.page.setViewportSize({ width: 390, height: 844 });
    await visitor.screenshot(`sealing/${name}_390`);
    await visitor.page.setViewportSize({ width: 1280, height: 900 });
  }

  it('begins with letters that were composed, approved and taken', async () => {
    const handler = await house.person('handler');
    const { page } = handler;
    const file = path.join(work, 'ward.csv');
    const layout = fileURLToPath(new URL('../../../definitions/layouts/guidance', import.meta.url));
    execFileSync(process.env.AZUKARI_PROGRAM, ['guidance', 'sample', '--layout', layout, '--count', String(PERSONS), '--seed', '4',
      '--output', file], { stdio: 'pipe' });
    await page.goto('/entrustments');
    const links = await page.getByRole('table').getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    entrustment = links.find((href) => /^\/entrustments\/[0-9a-f-]{36}$/.test(href));
    await page.goto(`${entrustment}/guidance/intake`);
    await page.getByLabel('区から受け取ったファイル').setInputFiles(file);
    await page.getByRole('button', { name: '検査して取り込む' }).click();
    await page.getByText(`${PERSONS} 人を取り込みました`).waitFor();
    batch = new URL(page.url()).pathname;
    await page.getByRole('button', { name: '通知を組み上げる' }).click();
    await page.getByRole('table', { name: '組み上げた通知' }).waitFor({ timeout: 60_000 });
    const supervisor = await house.person('supervisor2');
    await supervisor.page.goto(`${batch}/approval`);
    await supervisor.proveAgain();
    await supervisor.page.getByRole('button', { name: '見本を確かめたので承認する' }).click();
    await supervisor.page.getByText('承認しました。').waitFor();
    await supervisor.leave();

    await page.goto(batch);
    const taking = await page.getByRole('link', { name: /取り出す/ }).evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    for (const address of taking) {
      const category = address.split('/').at(-1);
      await page.goto(address);
      await handler.proveAgain();
      await page.getByRole('textbox', { name: /渡し先/ }).fill('架空印刷株式会社 第1印字室');
      const waiting = page.waitForEvent('download', { timeout: 60_000 });
      await page.getByRole('button', { name: '記録して取り出す' }).click();
      const pdf = path.join(work, `${category}.pdf`);
      await (await waiting).saveAs(pdf);
      await read(pdf, category);
    }
    await page.goto(batch);
    await looked(handler, 'batch');
    await page.goto('/');
    await page.getByRole('link', { name: /突合・封緘を待つ通知が/ }).waitFor();
    await handler.leave();
  });

  it('is worked by a scanner alone: yes, no, seal, back [G4]', async () => {
    const handler = await house.person('handler');
    const { page } = handler;
    await page.goto(`${batch}/sealing`);
    await looked(handler, 'counts_before');
    await page.getByRole('link', { name: '突合の台', exact: true }).click();
    await looked(handler, 'desk_empty');
    const [one, two, three, four] = papers.hihiman;

    await scan(page, one);
    await page.getByText('1／2').waitFor();
    await looked(handler, 'desk_one_read');
    const began = Date.now();
    await scan(page, two);
    await stage(page, 'yes');
    const took = Date.now() - began;
    assert.ok(took < 3000, `the answer stood after ${took} ms, the typing of 49 signs included`);
    await looked(handler, 'desk_yes');
    // A paper scanned too early closes nothing.
    await scan(page, three);
    await page.getByText('この読み取りは使いませんでした').waitFor();
    await looked(handler, 'desk_yes_hasty');
    await page.keyboard.press('Enter');
    await page.getByText('C-00001 を封緘しました').waitFor();

    await scan(page, three);
    await page.getByText('1／2').waitFor();
    await scan(page, two);
    await stage(page, 'no');
    await looked(handler, 'desk_no');
    await scan(page, four);
    await page.getByText('この読み取りは使いませんでした').waitFor();
    await scan(page, 'AZUKARI-BACK');
    await stage(page, 'reading');

    await scan(page, four);
    await page.getByText('1／2').waitFor();
    await scan(page, three);
    await stage(page, 'yes');
    await page.reload(); // left open, and shown again
    await stage(page, 'yes');
    await scan(page, 'AZUKARI-SEAL');
    await page.getByText('C-00002 を封緘しました').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'scan');
    await handler.leave();
  });

  it('works without scripts, with the same words [G4]', async () => {
    const handler = await house.person('handler', { javaScriptEnabled: false });
    const { page } = handler;
    await page.goto(`${batch}/sealing/line`);
    for (const code of papers.hihiman.slice(4, 6)) {
      await page.getByLabel('読み取り欄').fill(code);
      await page.getByLabel('読み取り欄').press('Enter');
    }
    await page.getByText('一致　封入してください').waitFor();
    await page.getByRole('button', { name: '封緘せずに戻す' }).click();
    await page.getByText('封緘せずに戻しました').first().waitFor();
    await handler.leave();
  });

  it('spoils, misses and pulls letters, each by who may [G6]', async () => {
    const handler = await house.person('handler');
    const officer = await house.person('ward_officer');
    const { page } = handler;
    handler.expect(/status of 422/);
    await page.goto(`${batch}/sealing/spoil`);
    await page.getByLabel('通し番号', { exact: false }).first().fill('C-00003');
    await page.getByLabel('理由').fill('折れた');
    await page.getByRole('button', { name: '記録する', exact: true }).click();
    await page.getByText('廃棄したか（細断など）を書いてください').first().waitFor();
    await looked(handler, 'spoil_refused');
    await page.getByLabel('見つからない').check();
    await page.getByRole('button', { name: '記録する', exact: true }).click();
    await page.getByText('取扱責任者の判断を待ちます').waitFor();

    await officer.page.goto(`${batch}/sealing/pull`);
    await officer.page.getByLabel('通し番号').fill('C-00004\nC-00005');
    await officer.page.getByLabel('転出').check();
    await officer.page.getByRole('button', { name: '引抜きを指示する' }).click();
    await officer.page.getByText('2 通の引抜きを指示しました').waitFor();
    await looked(officer, 'pull_officer');
    await officer.leave();

    await page.goto(`${batch}/sealing/pull`);
    for (const label of ['C-00004', 'C-00005']) {
      await page.getByRole('button', { name: `${label} を抜き取った` }).click();
      await page.getByText(`${label} を抜き取ったことを記録しました`).waitFor();
    }
    await handler.leave();

    const supervisor = await house.person('supervisor');
    await supervisor.page.goto(`${batch}/sealing/missing`);
    await supervisor.proveAgain();
    await supervisor.page.getByRole('link', { name: /判断する/ }).click();
    await looked(supervisor, 'missing');
    await supervisor.page.getByRole('button', { name: /刷り直しを認める/ }).click();
    await supervisor.page.getByText('C-00003 の刷り直しを認めました').waitFor();
    await supervisor.page.getByRole('link', { name: /刷り直しを申請する/ }).waitFor();
    await supervisor.leave();
  });

  it('counts inserts, ties bundles and fills boxes, and an auditor can add it all up [G5] [G6] [G7]', async () => {
    const handler = await house.person('handler');
    const { page } = handler;
    await page.goto(`${batch}/sealing/inserts`);
    await page.getByLabel('封入物').selectOption({ index: 1 });
    await page.getByLabel('数量').fill('500');
    await page.getByRole('button', { name: '記録する' }).click();
    await page.getByText('記録しました。').waitFor();
    await looked(handler, 'inserts');
    await page.goto(`${batch}/sealing/packing`);
    await page.getByRole('button', { name: /若い番号から2通を束ねる/ }).click();
    await page.getByText('束 1（C-00001 から C-00002、2通）を束ねました').waitFor();
    await page.getByRole('button', { name: /一つの箱に詰める/ }).click();
    await page.getByText('箱1（2通）に詰めました').waitFor();
    await looked(handler, 'packing');
    await handler.leave();

    const supervisor = await house.person('supervisor');
    supervisor.expect(/status of 409/);
    await supervisor.page.goto(`${batch}/sealing/closing`);
    await supervisor.proveAgain();
    await supervisor.page.getByText('数が合っていないため').waitFor();
    await looked(supervisor, 'closing_refused');
    await supervisor.leave();

    const auditor = await house.person('auditor');
    await auditor.page.goto(`${batch}/sealing`);
    await auditor.page.getByText('上の 12 か所の合計').waitFor();
    await looked(auditor, 'counts_auditor');
    assert.equal(await auditor.page.getByRole('link', { name: '突合の台', exact: true }).count(), 0);
    await auditor.leave();
  });
});
