// The end of what was entrusted: planned by one, agreed to by two more, destroyed, checked by somebody else, certified, and
// verified by the ward without the contractor's server.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

describe('the end of what was entrusted', () => {
  let house;
  let entrustment;
  let batch;
  let erasure;
  const work = process.env.AZUKARI_WORK;
  const verify = (...words) => spawnSync(process.env.AZUKARI_VERIFY, words, { encoding: 'utf8' });

  before(async () => {
    house = await House.open();
    const file = path.join(work, 'to_be_erased.csv');
    const layout = fileURLToPath(new URL('../../../definitions/layouts/guidance', import.meta.url));
    execFileSync(process.env.AZUKARI_PROGRAM, ['guidance', 'sample', '--layout', layout, '--output', file], { stdio: 'pipe' });
    const handler = await house.person('handler');
    const { page } = handler;
    await page.goto('/entrustments');
    const links = await page.getByRole('table').getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    entrustment = links.find((href) => /^\/entrustments\/[0-9a-f-]{36}$/.test(href));
    await page.goto(`${entrustment}/guidance/intake`);
    await page.getByLabel('区から受け取ったファイル').setInputFiles(file);
    await page.getByRole('button', { name: '検査して取り込む' }).click();
    await page.getByText('4413 人を取り込みました').waitFor({ timeout: 120_000 });
    batch = new URL(page.url()).pathname;
    await page.getByRole('button', { name: '通知を組み上げる' }).click();
    await page.getByRole('table', { name: '組み上げた通知' }).waitFor({ timeout: 180_000 });
    await handler.leave();
  });
  after(async () => { await house.close(); });

  it('leaves a copy outside: letters that were taken as a file [K51]', async () => {
    const second = await house.person('supervisor2');
    await second.page.goto(`${batch}/approval`);
    await second.proveAgain();
    await second.page.getByRole('button', { name: '見本を確かめたので承認する' }).click();
    await second.page.getByText('承認しました。').waitFor();
    await second.leave();
    const handler = await house.person('handler');
    const { page } = handler;
    await page.goto(batch);
    await page.getByRole('link', { name: /取り出す/ }).last().click();
    await handler.proveAgain();
    await page.getByRole('textbox', { name: /渡し先/ }).fill('架空印刷株式会社 第1印字室');
    const waiting = page.waitForEvent('download', { timeout: 120_000 });
    await page.getByRole('button', { name: '記録して取り出す' }).click();
    await (await waiting).saveAs(path.join(work, 'left.pdf'));
    await handler.leave();
  });

  it('is planned by the handler, with everything counted [K61]', async () => {
    const handler = await house.person('handler');
    const { page } = handler;
    await page.goto(entrustment);
    await page.getByRole('link', { name: '保存期間と消去' }).click();
    await page.getByRole('heading', { name: '保存期間と消去', level: 1 }).waitFor();
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('ending/overview');
    await page.getByRole('link', { name: '消去を計画する' }).click();
    handler.expect(/status of 422/);
    await page.getByRole('button', { name: '数えて、承認を申請する' }).click();
    await page.getByText('消去する対象を選んでください').first().waitFor();
    await handler.pageIsAccessible();
    await page.getByRole('radio', { name: /に受け取ったデータ/ }).check();
    await page.getByRole('radio', { name: '業務が終了したため' }).check();
    await handler.screenshot('ending/plan');
    await page.getByRole('button', { name: '数えて、承認を申請する' }).click();
    await page.getByText('消去を計画し、承認を申請しました。').waitFor();
    assert.ok((await page.getByRole('main').innerText()).includes('4,413 人'));
    assert.equal(await page.getByRole('link', { name: '確認に進む' }).count(), 0, 'who planned may not agree');
    erasure = new URL(page.url()).pathname;
    await handler.pageIsAccessible();
    await handler.screenshot('ending/planned');
    await handler.leave();
  });

  it('is agreed to by two more persons, one after the other [K61]', async () => {
    for (const [who, button] of [['security', '数を確かめたので確認する'], ['supervisor', '数を確かめたので承認する']]) {
      const visitor = await house.person(who);
      await visitor.page.goto('/');
      await visitor.page.getByText('消去の計画が確認・承認を待っています').first().click();
      await visitor.page.getByRole('link', { name: /に進む/ }).click();
      await visitor.proveAgain();
      await visitor.pageIsAccessible();
      await visitor.screenshot(`ending/agreement_${who}`);
      await visitor.page.getByRole('button', { name: button }).click();
      await visitor.page.getByText('同意を記録しました。').waitFor();
      await visitor.leave();
    }
  });

  it('stops while the ward holds it, and goes on when the hold is lifted [K63]', async () => {
    const officer = await house.person('officer');
    await officer.page.goto(`${entrustment}/ending/holds/new`);
    await officer.page.getByRole('radio', { name: /すべて/ }).check();
    await officer.page.getByLabel('保留する理由').fill('立入調査のため');
    await officer.pageIsAccessible();
    await officer.page.getByRole('button', { name: '保留する' }).click();
    await officer.page.getByText('消去・廃棄を保留しました。').waitFor();
    await officer.screenshot('ending/held');

    const handler = await house.person('handler');
    handler.expect(/status of 4\d\d/);
    await handler.page.goto(`${erasure}/destruction`);
    await handler.proveAgain();
    await handler.page.getByLabel(/「消去」/).fill('消去');
    await handler.page.getByRole('button', { name: '鍵を破棄して消去する' }).click();
    await handler.page.getByText('保留されているため').waitFor();
    await handler.screenshot('ending/refused_by_hold');

    await officer.page.getByRole('link', { name: /保留を解く/ }).first().click();
    await officer.page.getByLabel('解く理由').fill('調査が終わったため');
    await officer.page.getByRole('button', { name: '保留を解く' }).click();
    await officer.page.getByText('保留を解きました。').waitFor();
    await officer.leave();
    await handler.leave();
  });

  it('destroys what was agreed to, and only after the word was typed [K61]', async () => {
    const handler = await house.person('handler');
    const { page } = handler;
    handler.expect(/status of 422/);
    await page.goto(erasure);
    await page.getByRole('link', { name: '消去の実施に進む' }).click();
    await handler.proveAgain();
    await handler.pageIsAccessible();
    await handler.screenshot('ending/destruction');
    await page.getByRole('button', { name: '鍵を破棄して消去する' }).click();
    await page.getByText('「消去」と入力してください').first().waitFor();
    await page.getByLabel(/「消去」/).fill('消去');
    await page.getByRole('button', { name: '鍵を破棄して消去する' }).click();
    await page.getByText('消去しました。別の人の確認を受けてください。').waitFor({ timeout: 60_000 });
    await handler.pageIsAccessible();
    await handler.screenshot('ending/destroyed');
    assert.equal(await page.getByRole('link', { name: '確認に進む' }).count(), 0, 'who destroyed does not check');
    await handler.leave();
  });

  it('is checked by somebody else and certified; the ward verifies it off-line [K61] [K65]', async () => {
    const security = await house.person('security');
    await security.page.goto(erasure);
    await security.page.getByRole('link', { name: '確認に進む' }).click();
    await security.proveAgain();
    await security.pageIsAccessible();
    await security.page.getByRole('button', { name: '確かめて、証明書を発行する' }).click();
    await security.page.getByText('どれも開けず、何も残っていません').waitFor();
    await security.pageIsAccessible();
    await security.screenshot('ending/certified');

    const officer = await house.person('officer');
    const { page } = officer;
    await page.goto(erasure);
    const take = async (name, file) => {
      const waiting = page.waitForEvent('download');
      await page.getByRole('link', { name }).last().click();
      const taken = path.join(work, file);
      await (await waiting).saveAs(taken);
      return taken;
    };
    const paper = await take(/証明書（PDF）/, 'certificate.pdf');
    execFileSync('qpdf', ['--check', paper], { stdio: 'pipe' });
    const words = execFileSync('pdftotext', ['-layout', paper, '-'], { encoding: 'utf8' });
    for (const word of ['消去証明書（実施）', '4413 人', '条件付完了', '架空 三郎', '仮名 五郎', 'XAES-256-GCM', 'ルート']) {
      assert.ok(words.includes(word), `${word} in\n${words}`);
    }
    execFileSync('pdftoppm', ['-r', '70', '-png', paper, path.join(process.env.AZUKARI_SCREENSHOTS, 'ending', 'certificate')]);
    const proof = await take(/検証用ファイル/, 'carried_out.azukari-certificate');
    const told = verify('certificate', proof);
    assert.equal(told.status, 0, told.stdout);
    assert.match(told.stdout, /第一段（実施） — 条件付完了/);
    assert.match(told.stdout, /4413人・4413個/);
    const spoilt = path.join(work, 'spoilt');
    await writeFile(spoilt, (await readFile(proof, 'utf8')).replace('persons 4413', 'persons 4412'));
    assert.equal(verify('certificate', spoilt).status, 1);
    await page.getByRole('button', { name: '証明書を確認した' }).click();
    await page.getByText('証明書を確認したことを記録しました。').waitFor();
    await officer.screenshot('ending/acknowledged');

    // The file that was taken is still outside: nothing is final until somebody saw it destroyed.
    await security.page.getByText('システムの外に残っているもの').waitFor();
    await security.page.getByText(/ファイルの取出し、渡し先 架空印刷株式会社 第1印字室/).waitFor();
    assert.equal(await security.page.getByRole('button', { name: '消去を確定する' }).count(), 0, 'a copy is out');
    const supervisor = await house.person('supervisor');
    await supervisor.page.goto(erasure);
    await supervisor.page.getByRole('link', { name: '複製台帳で返還・廃棄を記録する' }).click();
    await supervisor.page.getByRole('link', { name: '返還・廃棄を記録する' }).click();
    await supervisor.page.getByRole('radio', { name: '廃棄・消去した' }).check();
    await supervisor.page.getByLabel('廃棄・消去の方法').fill('完全消去ソフトで消去');
    await supervisor.choose('立ち会った方', '架空 三郎');
    await supervisor.pageIsAccessible();
    await supervisor.screenshot('ending/settling_the_copy');
    await supervisor.page.getByRole('button', { name: '記録する' }).click();
    await supervisor.page.getByText('複製がどうなったかを記録しました。').waitFor();
    await supervisor.leave();

    await security.page.reload();
    assert.equal(await security.page.getByText('システムの外に残っているもの').count(), 0);
    await security.page.getByRole('button', { name: '消去を確定する' }).click();
    await security.page.getByText('消去を確定し').waitFor();
    await security.screenshot('ending/confirmed');
    await page.reload();
    const second = await take(/検証用ファイル/, 'confirmed.azukari-certificate');
    assert.equal(verify('certificate', second, '--earlier', proof).status, 0);
    await security.leave();
    await officer.leave();
  });

  it('leaves nothing of the batch to read, and says so to whoever looks for it [K61]', async () => {
    const auditor = await house.person('auditor');
    await auditor.page.goto(`${entrustment}/ending`);
    await auditor.page.getByRole('table', { name: '消去' }).getByText('確定').waitFor();
    await auditor.pageIsAccessible();
    await auditor.screenshot('ending/auditor');
    await auditor.leave();
  });
});
