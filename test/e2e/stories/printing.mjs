// 印刷: a letter's way onto paper over a real CUPS, and every sheet's way off it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

const { AZUKARI_PROGRAM: azukari, AZUKARI_WORK: work } = process.env;
const script = fileURLToPath(new URL('../../../script/cups-for-tests', import.meta.url));
const pause = (time) => new Promise((done) => { setTimeout(done, time); });

describe('printing', () => {
  let house;
  let cups;
  let printer;
  let entrustment;
  let printing;
  let letters;
  let job;
  before(async () => {
    cups = await mkdtemp(path.join(os.tmpdir(), 'azukari-cups-'));
    printer = execFileSync(script, ['start', cups], { encoding: 'utf8' }).trim();
    house = await House.open();
  });
  after(async () => {
    await house?.close();
    if (existsSync(path.join(cups, 'conf'))) execFileSync(script, ['stop', cups]);
    else await rm(cups, { recursive: true, force: true });
  });

  async function printed() {
    return (await readdir(path.join(cups, 'printed'))).filter((name) => name.endsWith('.pdf'));
  }

  async function reaches(page, words) {
    for (let patience = 0; patience < 60; patience += 1) {
      if (await page.getByText(words).count() > 0) return;
      await pause(250);
      await page.goto(page.url()).catch(() => {}); // the page may be looking again by itself
    }
    assert.fail(`${page.url()} never says ${words}`);
  }

  it('asks for no printer by itself: without one the page says what to do [K56]', async () => {
    const handler = await house.person('handler');
    const { page } = handler;
    await page.goto('/entrustments');
    const links = await page.getByRole('table').getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    entrustment = links.find((href) => /^\/entrustments\/[0-9a-f-]{36}$/.test(href));
    printing = `${entrustment}/printing`;
    await page.goto(entrustment);
    await page.getByRole('link', { name: '印刷', exact: true }).click();
    await page.getByText('プリンターが設定されていません').waitFor();
    assert.equal(await page.getByRole('link', { name: '印刷を申請する' }).count(), 0);
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('printing/no_printer');
    await handler.leave();
  });

  it('names a printer in the settings, and composes and approves letters [G1]', async () => {
    await house.stop();
    await appendFile(path.join(house.data, 'azukari.toml'),
      `\n[printers]\n"印字室 1号機" = "${printer}"\n[computers]\n"127.0.0.1" = "印字室-1"\n`);
    await house.start(Number(new URL(house.address).port));
    const layout = fileURLToPath(new URL('../../../definitions/layouts/guidance', import.meta.url));
    const file = path.join(work, 'to_print.csv');
    execFileSync(azukari, ['guidance', 'sample', '--layout', layout, '--count', '60', '--seed', '7', '--output', file], { stdio: 'pipe' });
    const handler = await house.person('handler');
    const { page } = handler;
    await page.goto(`${entrustment}/guidance/intake`);
    await page.getByLabel('区から受け取ったファイル').setInputFiles(file);
    await page.getByRole('button', { name: '検査して取り込む' }).click();
    await page.getByText('60 人を取り込みました').waitFor({ timeout: 30_000 });
    const batch = new URL(page.url()).pathname;
    await page.getByRole('button', { name: '通知を組み上げる' }).click();
    await page.getByRole('table', { name: '組み上げた通知' }).waitFor({ timeout: 60_000 });
    const supervisor = await house.person('supervisor2');
    await supervisor.page.goto(`${batch}/approval`);
    await supervisor.proveAgain();
    await supervisor.page.getByRole('button', { name: '見本を確かめたので承認する' }).click();
    await supervisor.page.getByText('承認しました。').waitFor();
    await supervisor.leave();
    await page.goto(batch);
    letters = await page.getByRole('link', { name: /印刷を申請する/ }).first().getAttribute('href');
    await handler.leave();
  });

  it('is designated a number of sheets by the ward, from which on a reason is asked for [K56]', async () => {
    const officer = await house.person('officer');
    const { page } = officer;
    await page.goto(`${printing}/limits`);
    await page.getByLabel('1回の指定枚数（枚）').fill('2');
    await officer.pageIsAccessible();
    await officer.screenshot('printing/limits');
    await page.getByRole('button', { name: '定める' }).click();
    await officer.proveAgain();
    if (new URL(page.url()).pathname.endsWith('/limits') && await page.getByText('指定枚数と期限を定めました').count() === 0) {
      await page.getByLabel('1回の指定枚数（枚）').fill('2');
      await page.getByRole('button', { name: '定める' }).click();
    }
    await page.getByText('指定枚数と期限を定めました').waitFor();
    await officer.leave();

    const handler = await house.person('handler');
    handler.expect(/status of 422/);
    await handler.page.goto(letters);
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.page.getByLabel('部数').fill('2');
    await handler.page.getByLabel('印刷の目的').fill('受診勧奨通知の発送');
    await handler.page.getByLabel('区に納品する').check();
    await handler.page.getByLabel('紙の渡し先').fill('見本区 健康づくり課');
    await handler.screenshot('printing/ask');
    await handler.page.getByRole('button', { name: '申請する' }).click();
    await handler.page.getByRole('main').getByText(/理由を記入してください/).first().waitFor();
    await handler.pageIsAccessible();
    await handler.screenshot('printing/ask_over');
    await handler.page.getByLabel('指定枚数以上になる理由').fill('対象者全員分のため');
    await handler.page.getByRole('button', { name: '申請する' }).click();
    await handler.page.getByText('第1号の印刷を申請しました').waitFor();
    job = new URL(handler.page.url()).pathname;
    await handler.pageIsAccessible();
    await handler.screenshot('printing/asked');
    await handler.leave();
  });

  it('waits for two other persons, and waits at the printer for paper [K51] [K57]', async () => {
    for (const who of ['supervisor2', 'supervisor']) {
      const agreeing = await house.person(who);
      const { page } = agreeing;
      await page.goto('/');
      await page.getByRole('link', { name: /第1号の印刷が/ }).click();
      await page.getByRole('link', { name: /に進む/ }).click();
      await agreeing.proveAgain();
      await agreeing.pageIsAccessible();
      if (who === 'supervisor') await agreeing.screenshot('printing/agreement');
      await page.getByRole('button', { name: /内容を確かめたので/ }).click();
      await page.getByText('承認を記録しました。').waitFor();
      await agreeing.leave();
    }
    assert.deepEqual(await printed(), []);
    await writeFile(path.join(cups, 'out-of-paper'), '');
    const handler = await house.person('handler');
    const { page } = handler;
    await page.goto(job);
    await page.getByRole('link', { name: '印刷に進む' }).click();
    await handler.proveAgain();
    await page.getByText('印字室-1（127.0.0.1）').waitFor();
    await handler.pageIsAccessible();
    await handler.screenshot('printing/sending');
    await page.getByRole('button', { name: '記録して印刷する' }).click();
    await reaches(page, '用紙がありません');
    await handler.pageIsAccessible();
    await handler.screenshot('printing/out_of_paper');
    await page.goto(`${printing}/printers`);
    await page.getByText('用紙がありません').waitFor();
    await handler.pageIsAccessible();
    await handler.screenshot('printing/printers');
    await rm(path.join(cups, 'out-of-paper'));
    await page.goto(job);
    await reaches(page, 'すぐに紙を取りに行き');
    await handler.pageIsAccessible();
    await handler.screenshot('printing/to_fetch');
    await handler.leave();
  });

  it('brings to the printer the very bytes that were agreed to [K56]', async () => {
    const [file, ...others] = await printed();
    assert.deepEqual(others, []);
    const bytes = await readFile(path.join(cups, 'printed', file));
    const auditor = await house.person('auditor');
    await auditor.page.goto(job);
    const digest = createHash('sha256').update(bytes).digest('hex');
    assert.equal(await auditor.page.getByText(digest).count(), 1);
    assert.match(execFileSync('pdftotext', [path.join(cups, 'printed', file), '-'], { encoding: 'utf8' }), /様/);
    assert.equal((await readFile(path.join(cups, 'printed', file.replace('.pdf', '.copies')), 'utf8')).trim(), '2');
    await auditor.leave();
  });

  it('has every sheet accounted for, and the copy ledger closed [K57] [K62]', async () => {
    const handler = await house.person('handler');
    handler.expect(/status of 422/);
    const { page } = handler;
    await page.goto('/');
    await page.getByRole('link', { name: /第1号の印刷が終わりました/ }).click();
    await page.getByRole('button', { name: '紙を受け取った' }).click();
    await page.getByText('次は「区に納品する」です').waitFor();
    await page.getByRole('link', { name: '紙の行き先を記録する' }).click();
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('printing/account');
    const first = page.getByLabel(/第1部のうち、次の工程へ渡した枚数/);
    const all = Number(await first.inputValue());
    await first.fill(String(all - 1));
    await page.getByRole('button', { name: '記録する' }).click();
    await page.getByRole('main').getByText(/枚数が合いません/).first().waitFor();
    await handler.screenshot('printing/does_not_balance');
    await page.getByLabel(/第1部のうち、廃棄した枚数/).fill('1');
    await page.getByLabel('わけ').fill('紙づまりで1枚が破れた');
    await page.getByLabel('廃棄の方法').fill('細断（クロスカット）');
    await handler.choose('廃棄に立ち会った方', ' ');
    await page.getByRole('button', { name: '記録する' }).click();
    await page.getByText('枚数はすべて合っています').waitFor();
    await handler.pageIsAccessible();
    await handler.screenshot('printing/settled');
    await page.goto(`${entrustment}/custody/copies`);
    const rows = page.getByRole('row').filter({ hasText: '印刷' });
    assert.equal(await rows.filter({ hasText: '納品したものとして区が保有' }).count(), 2);
    await handler.screenshot('printing/copy_ledger');
    await page.goto(printing);
    await handler.pageIsAccessible();
    await handler.screenshot('printing/list');
    await handler.leave();
  });

  it('tells the ward by itself: computer, time, file, printer, sheets, as paper and as a table [K56]', async () => {
    const officer = await house.person('officer');
    const { page } = officer;
    await page.goto(`${printing}/log`);
    const row = page.getByRole('row').filter({ hasText: '第1号' });
    for (const words of ['印字室-1（127.0.0.1）', /通知_.+_\d{8}_ロット\d+\.pdf/, '印字室 1号機', '対象者全員分のため']) {
      await row.getByText(words).first().waitFor();
    }
    await officer.pageIsAccessible();
    await officer.fitsWidth(375);
    await officer.screenshot('printing/log');
    for (const [button, name] of [['紙にする（PDF）', 'log.pdf'], ['表にする（CSV）', 'log.csv']]) {
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name: button }).click();
      await (await waiting).saveAs(path.join(work, name));
    }
    execFileSync('qpdf', ['--check', path.join(work, 'log.pdf')], { stdio: 'pipe' });
    execFileSync('pdftoppm', ['-png', '-r', '70', '-singlefile', path.join(work, 'log.pdf'),
      path.join(process.env.AZUKARI_SCREENSHOTS, 'printing', 'log_paper')]);
    const csv = await readFile(path.join(work, 'log.csv'));
    assert.deepEqual([...csv.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.match(csv.toString('utf8'), /"印字室-1（127\.0\.0\.1）","\d{4}-\d\d-\d\dT[^"]+","通知_[^"]+_\d{8}_ロット\d+\.pdf","印字室 1号機","\d+"/);
    await officer.leave();
  });

  it('hands the log of days that are over to the ward [K56]', async () => {
    const day = (back) => new Date(Date.now() + (9 - 24 * back) * 3_600_000).toISOString().slice(0, 10);
    const supervisor = await house.person('supervisor');
    const { page } = supervisor;
    await page.goto(`${printing}/log?from=${day(40)}&to=${day(0)}`);
    await page.getByRole('link', { name: '区に提出する' }).click();
    await supervisor.proveAgain();
    await supervisor.pageIsAccessible();
    await supervisor.screenshot('printing/submission');
    await page.getByRole('button', { name: '提出する' }).click();
    await page.getByText('印刷ログを区に提出しました。').waitFor();
    await supervisor.leave();
    const officer = await house.person('officer');
    await officer.page.goto(`${printing}/log`);
    const rows = officer.page.getByRole('table', { name: '区への提出' }).getByRole('row');
    assert.equal(await rows.count(), 2);
    await rows.getByText('試験 一郎').waitFor();
    await officer.pageIsAccessible();
    await officer.screenshot('printing/submitted');
    await officer.leave();
  });

  it('loses nothing when CUPS is down: the job waits, and is printed once [K56]', async () => {
    const handler = await house.person('handler');
    const { page } = handler;
    await page.goto(letters);
    await page.getByLabel('印刷の目的').fill('控えの作成');
    await page.getByLabel('鍵付きキャビネットに保管する').check();
    await page.getByLabel('紙の渡し先').fill('印字室');
    await page.getByLabel('指定枚数以上になる理由').fill('対象者全員分のため');
    await page.getByRole('button', { name: '申請する' }).click();
    await page.getByText('第2号の印刷を申請しました').waitFor();
    job = new URL(page.url()).pathname;
    for (const who of ['supervisor2', 'supervisor']) {
      const agreeing = await house.person(who);
      await agreeing.page.goto(`${job}/agreement`);
      await agreeing.proveAgain();
      await agreeing.page.getByRole('button', { name: /内容を確かめたので/ }).click();
      await agreeing.page.getByText('承認を記録しました。').waitFor();
      await agreeing.leave();
    }
    execFileSync(script, ['halt', cups]);
    await page.goto(`${job}/sending`);
    await handler.proveAgain();
    await page.getByRole('button', { name: '記録して印刷する' }).click();
    await reaches(page, 'まだ1枚も印刷されていない');
    await handler.pageIsAccessible();
    await handler.screenshot('printing/cups_down');
    await page.goto('/');
    await page.getByRole('link', { name: /第2号の印刷が、プリンターに届いていません/ }).waitFor();
    await handler.screenshot('printing/home');
    execFileSync(script, ['start', cups]);
    await page.goto(job);
    await page.getByRole('button', { name: '送り直す' }).click();
    await handler.proveAgain();
    await page.goto(job);
    if (await page.getByRole('button', { name: '送り直す' }).count() > 0) await page.getByRole('button', { name: '送り直す' }).click();
    await reaches(page, 'すぐに紙を取りに行き');
    assert.equal((await printed()).length, 2);
    await handler.leave();
  });

  it('tells both sides of paper that is left lying past its time [K57]', async () => {
    await house.stop();
    execFileSync('sqlite3', [path.join(house.data, 'store/azukari.db'),
      'update printing_job set finished_at = finished_at - 3600000000 where number = 2']);
    await house.start(Number(new URL(house.address).port));
    for (const who of ['officer', 'handler']) {
      const told = await house.person(who);
      await told.page.goto('/');
      await told.page.getByRole('link', { name: /第2号の印刷の紙が、期限（.+）を過ぎても受け取られていません/ }).click();
      await told.page.getByText('紙が放置されています').waitFor();
      await told.pageIsAccessible();
      if (who === 'officer') await told.screenshot('printing/left_lying');
      assert.equal(await told.page.getByRole('button', { name: '紙を受け取った' }).count(), who === 'handler' ? 1 : 0);
      await told.leave();
    }
  });
});
