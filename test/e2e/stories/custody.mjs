// Handing over what is encrypted: a package and its notice on two ways, both sides' signatures, a dispute, and the way back.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

const work = process.env.AZUKARI_WORK;

// "2026-11-23" so many days from now, as Japan's calendar has it.
function day(offset) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date(Date.now() + offset * 86_400_000));
}

describe('hand-over and custody', () => {
  let house;
  let custody;
  let officer;
  let supervisor;
  let handler;
  let disputed;
  before(async () => {
    house = await House.open();
    handler = await house.person('handler');
    await handler.page.goto('/entrustments');
    const links = await handler.page.getByRole('table').getByRole('link').evaluateAll((all) =>
      all.map((link) => link.getAttribute('href')));
    custody = `${links.find((href) => /^\/entrustments\/[0-9a-f-]{36}$/.test(href))}/custody`;
    officer = await house.person('ward_officer');
    supervisor = await house.person('handling_supervisor');
    for (const visitor of [officer, supervisor, handler]) visitor.expect(/status of 4\d\d/);
  });
  after(async () => {
    for (const visitor of [officer, supervisor, handler]) await visitor?.leave();
    await house.close();
  });

  async function saved(visitor, name, press) {
    const waiting = visitor.page.waitForEvent('download');
    await press();
    const file = path.join(work, name);
    await (await waiting).saveAs(file);
    return file;
  }

  async function look(visitor, name) {
    await visitor.pageIsAccessible();
    await visitor.fitsWidth(375);
    await visitor.screenshot(`custody/${name}`);
    await visitor.page.setViewportSize({ width: 390, height: 900 });
    await visitor.screenshot(`custody/${name}_390`);
    await visitor.page.setViewportSize({ width: 1280, height: 900 });
  }

  async function place(visitor, name) {
    const { page } = visitor;
    await page.goto(`${custody}/places`);
    await page.getByLabel('名前').fill(name);
    await page.getByLabel('部屋').fill('書庫');
    await page.getByLabel('鍵を持つ方').selectOption({ index: 1 });
    await page.getByRole('button', { name: '保管場所を登録する' }).click();
    await page.getByText('保管場所を登録しました。').waitFor();
  }

  async function putInto(visitor, name) {
    const { page } = visitor;
    await visitor.choose('入れた金庫・キャビネット', name);
    await page.getByRole('button', { name: '入れたことを記録する' }).click();
  }

  // Records that things went, the day before or so, and returns the record's address.
  async function record(visitor, way, { giver, receiver, carrier, on, things }) {
    const { page } = visitor;
    await page.goto(`${custody}/hand-overs/new?way=${way}`);
    await visitor.choose('渡した方', giver);
    await visitor.choose('受け取った方', receiver);
    await visitor.choose('運んだ方', carrier);
    await page.getByLabel('受渡しの日').fill(on.day);
    await page.getByLabel('時刻').fill(on.clock);
    for (const words of things) {
      const group = page.getByRole('group', { name: new RegExp(words) });
      await group.getByLabel('これを渡す').check();
      await group.getByLabel(/数えた数量/).fill('1');
    }
    await page.getByRole('button', { name: '記録する' }).click();
    return page.url();
  }

  async function sign(visitor, address) {
    const { page } = visitor;
    await page.goto(address);
    await page.getByRole('link', { name: /署名する/ }).click();
    await visitor.proveAgain();
    await page.getByRole('button', { name: 'この内容に署名する' }).click();
  }

  it('makes a package that 7-Zip opens, and prints its password once, on a notice of its own [K41]', async () => {
    const { page } = officer;
    const sent = path.join(work, '対象者.csv');
    await writeFile(sent, '通し番号,氏名\r\n1,見本 太郎\r\n');
    await page.goto(`${custody}/packages/new`);
    await look(officer, 'package_form');
    await page.getByLabel('情報の内容').fill('特定保健指導の対象者');
    await page.getByLabel('含まれる人数').fill('4413');
    await page.getByLabel('ファイル1').setInputFiles(sent);
    const zip = await saved(officer, 'package.zip', () => page.getByRole('button', { name: '暗号化して保存する' }).click());

    // The form does not stay behind, filled in: the way goes on to the package and to what comes next.
    await page.getByText('暗号化データ 第1号の ZIP を保存しました。').waitFor();
    await page.getByRole('list', { name: '暗号化データの手順' }).getByText('いまここ').waitFor();
    await look(officer, 'package');
    await page.getByRole('link', { name: 'パスワード通知書を印刷する' }).click();
    await officer.proveAgain();
    await look(officer, 'notice_question');
    const notice = await saved(officer, 'notice.pdf', () => page.getByRole('button', { name: '印刷用の PDF を保存する' }).click());
    const text = execFileSync('pdftotext', ['-layout', notice, '-'], { encoding: 'utf8' });
    const [password] = text.match(/([0-9A-Z]{4}-){5}[0-9A-Z]{4}/);
    execFileSync('7z', ['t', `-p${password}`, zip], { stdio: 'pipe' });
    assert.throws(() => execFileSync('7z', ['t', '-pwrong', zip], { stdio: 'pipe' }));

    await page.getByText('パスワード通知書の PDF を保存しました。').waitFor();
    assert.equal(await page.getByRole('link', { name: 'パスワード通知書を印刷する' }).count(), 0);
    await page.getByRole('link', { name: '入れた媒体を登録する' }).click();
    await page.getByLabel('種類').fill('USBメモリ');
    await page.getByLabel('製造番号').fill('SN-1');
    await look(officer, 'thing_form');
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByText('登録しました。').waitFor();
  });

  it('refuses the same cabinet for a medium and its notice, and finds both by their labels [K34]', async () => {
    const { page } = officer;
    const medium = page.url();
    await place(officer, '金庫A');
    await place(officer, '金庫B');
    await page.goto(medium);
    await putInto(officer, '金庫A');
    await page.getByText('保管場所を記録しました。').waitFor();
    const label = await page.locator('dd code').first().innerText();
    await page.goto(`${custody}/things`);
    await look(officer, 'things');
    await page.getByRole('row', { name: /パスワード通知書/ }).getByRole('link').click();
    await putInto(officer, '金庫A');
    await page.getByText(/別の鍵付キャビネットで保管します/).first().waitFor();
    await look(officer, 'same_cabinet');
    await putInto(officer, '金庫B');
    await page.goto(`${custody}`);
    await page.getByLabel('ラベルから探す').fill(label.toLowerCase());
    await page.getByRole('button', { name: '探す' }).click();
    await page.getByRole('heading', { level: 1, name: /USBメモリ/ }).waitFor();
    await page.goto(`${custody}/find?label=M000`);
    await page.getByText(/ラベルの文字が正しくありません/).first().waitFor();
    await page.goto(`${custody}/places`);
    await look(officer, 'places');
    const labels = await saved(officer, 'labels.pdf', async () => {
      await page.goto(`${custody}/things`);
      await page.getByRole('link', { name: '登録済みのラベル（PDF）' }).click();
    });
    assert.ok(execFileSync('pdftotext', [labels, '-'], { encoding: 'utf8' }).includes(label));
  });

  it('hands them over on two occasions with two carriers, each signed by both sides [K41] [K42] [K43] [K45]', async () => {
    const { page } = officer;
    await page.goto(`${custody}/hand-overs/new`);
    await look(officer, 'which_way');
    const people = { giver: '見本 太郎', receiver: '架空 三郎' };
    const monday = { day: day(-3), clock: '10:00' };
    const tuesday = { day: day(-2), clock: '14:30' };
    await record(officer, 'provide', { ...people, carrier: '見本 太郎', on: monday, things: ['USBメモリ', 'パスワード通知書'] });
    await page.getByText(/同じ受渡しに入れられません/).first().waitFor();
    await look(officer, 'together_refused');

    const first = await record(officer, 'provide', { ...people, carrier: '見本 太郎', on: monday, things: ['パスワード通知書'] });
    await page.getByText('受渡しを記録しました。').waitFor();
    await record(officer, 'provide', { ...people, carrier: '見本 花子', on: { ...monday, clock: '11:00' }, things: ['USBメモリ'] });
    await page.getByText(/同じ機会です/).first().waitFor();
    await record(officer, 'provide', { ...people, carrier: '見本 太郎', on: tuesday, things: ['USBメモリ'] });
    await page.getByText(/別の方が運んでください/).first().waitFor();
    const second = await record(officer, 'provide', { ...people, carrier: '見本 花子', on: tuesday, things: ['USBメモリ'] });
    await page.getByText('受渡しを記録しました。').waitFor();

    for (const address of [first, second]) {
      await handler.page.goto(address);
      assert.equal(await handler.page.getByRole('link', { name: /署名する/ }).count(), 0, 'the other side waits for the first');
      await sign(officer, address);
      await page.getByText('もう一方の確認を待っています。').waitFor();
    }
    await handler.page.goto('/');
    await handler.page.getByRole('link', { name: /第1号の受渡し（提供）を確かめて署名してください/ }).waitFor();
    await look(handler, 'home_of_handler');
    await handler.page.goto(custody);
    await look(handler, 'overview_of_handler');
    await handler.page.goto(first);
    await look(handler, 'to_confirm');
    await handler.page.getByRole('link', { name: '内容を確かめて署名する' }).click();
    await handler.proveAgain();
    await look(handler, 'signature');
    await handler.page.getByRole('button', { name: 'この内容に署名する' }).click();
    await handler.page.getByText('受渡しが成立しました。').waitFor();
    await look(handler, 'confirmed');
    await page.goto(`${first}/signature`);
    await officer.proveAgain();
    await page.getByRole('button', { name: 'この内容に署名する' }).click();
    await page.getByText(/「双方が確認済み」です/).first().waitFor();

    const paper = await saved(handler, 'record.pdf', () => handler.page.getByRole('button', { name: '確認記録票（PDF）' }).click());
    const text = execFileSync('pdftotext', ['-layout', paper, '-'], { encoding: 'utf8' });
    for (const said of ['確認記録票', '第1号', '見本 太郎', '架空 三郎', '紙の証人']) assert.ok(text.includes(said), said);
  });

  it('lets the other side dispute, shows it to both, and begins anew when the record is corrected [K43]', async () => {
    const { page } = handler;
    await page.goto(custody);
    await page.getByRole('link', { name: '第2号', exact: true }).click();
    const second = page.url();
    await page.getByRole('link', { name: '相違を申し出る' }).click();
    await handler.proveAgain();
    await page.getByRole('button', { name: '相違を申し出る' }).click();
    await page.getByText(/「?どこが違うか/).first().waitFor();
    await page.getByLabel('どこが違うか').fill('製造番号が記録と違います');
    await page.getByRole('button', { name: '相違を申し出る' }).click();
    await page.getByText('相違を申し出ました。').waitFor();
    for (const visitor of [officer, supervisor]) {
      await visitor.page.goto('/');
      await visitor.page.getByRole('link', { name: /第2号の受渡し（提供）に相違の申出があります/ }).waitFor();
    }
    await officer.page.goto(second);
    await look(officer, 'disputed');
    await officer.page.getByRole('link', { name: '記録を直す' }).click();
    await look(officer, 'correcting');
    await officer.page.getByLabel(/情報の内容/).first().fill('特定保健指導の対象者 4,413人');
    await officer.page.getByRole('button', { name: '直して記録する' }).click();
    await officer.page.getByText('双方の署名が、もう一度必要です。').waitFor();
    await sign(officer, second);
    await officer.page.getByText('もう一方の確認を待っています。').waitFor();
    await sign(handler, second);
    await page.getByText('受渡しが成立しました。').waitFor();
    await look(handler, 'after_a_dispute');
    disputed = second;
  });

  it('keeps the dispute before everybody who answers for a side, until both have closed it in writing [K43]', async () => {
    const security = await house.person('security');
    security.expect(/status of 4\d\d/);
    const write = /第2号の受渡し（提供）の相違の申出に経緯と措置を書いてください/;
    const wait = /第2号の受渡し（提供）の相違の申出は、(区|受託者)の経緯と措置を待っています/;
    const shown = async (visitor, words) => {
      await visitor.page.goto('/');
      return visitor.page.getByRole('link', { name: words }).count();
    };
    const closes = async (visitor, words) => {
      await visitor.page.goto(disputed);
      await visitor.page.getByRole('link', { name: '経緯と措置を書く' }).click();
      await visitor.proveAgain();
      await visitor.page.getByRole('textbox', { name: /経緯と措置/ }).fill(words);
      await visitor.page.getByRole('button', { name: '経緯と措置を記録する' }).click();
    };
    for (const visitor of [officer, supervisor, security]) assert.equal(await shown(visitor, write), 1, 'open for each side');
    await look(officer, 'home_with_an_open_dispute');
    assert.equal(await shown(handler, /相違の申出/), 0, 'not for who cannot close it');

    await officer.page.goto(disputed);
    await officer.page.getByText('相違の申出が、まだ終わっていません。').waitFor();
    await look(officer, 'dispute_to_close');
    await closes(officer, ' ');
    await officer.page.getByText(/経緯と措置を、だれが読んでも分かるように/).first().waitFor();
    await look(officer, 'closing_refused');
    await closes(officer, '区の控えの製造番号が古いものだった。控えを直し、渡す前に実物と見比べることにした。');
    await officer.page.getByText('もう一方の記入を待っています。').waitFor();
    assert.equal(await officer.page.getByRole('link', { name: '経緯と措置を書く' }).count(), 0, 'once');
    assert.equal(await shown(officer, wait), 1, 'it stays, for the side that has written, too');
    for (const visitor of [supervisor, security]) assert.equal(await shown(visitor, write), 1);

    await closes(security, '受け取った媒体は記録どおりの1個であることを、2人で確かめた。');
    await security.page.getByText('相違の申出は終わりました。').waitFor();
    await look(security, 'dispute_closed');
    for (const visitor of [officer, supervisor, security]) assert.equal(await shown(visitor, /相違の申出/), 0, 'closed by both');
    await security.leave();

    const paper = await saved(handler, 'closed.pdf', async () => {
      await handler.page.goto(disputed);
      await handler.page.getByRole('button', { name: '確認記録票（PDF）' }).click();
    });
    const text = execFileSync('pdftotext', ['-layout', paper, '-'], { encoding: 'utf8' }).replace(/\s/g, '');
    assert.ok(text.includes('控えを直し'), text);
    await officer.page.goto('/ledger');
    await officer.page.getByText('相違の申出に経緯と措置を書いた').nth(1).waitFor();
  });

  it('takes the medium back, which settles its copy, and keeps one history of it [K42] [G8]', async () => {
    await officer.page.goto(`${custody}/copies`);
    await officer.page.getByText('まだ外にある').waitFor();
    await look(officer, 'copies');
    const back = await record(handler, 'return', {
      giver: '架空 三郎', receiver: '見本 太郎', carrier: '架空 三郎', on: { day: day(-1), clock: '16:00' }, things: ['USBメモリ'],
    });
    await sign(handler, back);
    await sign(officer, back);
    await officer.page.getByText('受渡しが成立しました。').waitFor();
    await officer.page.goto(`${custody}/copies`);
    await officer.page.getByText('返還された').waitFor();
    await officer.page.goto(`${custody}/things`);
    await officer.page.getByRole('row', { name: /USBメモリ/ }).getByRole('link').click();
    await look(officer, 'thing_with_history');
    const history = await officer.page.getByRole('main').innerText();
    for (const told of ['として登録した', '「金庫A」に入れた', '相違を申し出た', '経緯と措置を書いた。双方がそろい、終わった', '（返却）を双方が確認した']) assert.ok(history.includes(told), told);
  });

  it('lets the contractor\'s package out only after two others looked into it, and then once [K44] [K51]', async () => {
    const { page } = handler;
    const rows = '通し番号,実施日\r\n1,2026-06-01\r\n';
    const sent = path.join(work, '実施結果.csv');
    await writeFile(sent, rows);
    await page.goto(`${custody}/packages/new`);
    await page.getByLabel('情報の内容').fill('実施結果');
    await page.getByLabel('含まれる人数').fill('12');
    await page.getByLabel('ファイル1').setInputFiles(sent);
    await look(handler, 'package_form_of_contractor');
    await page.getByRole('button', { name: '暗号化して申請する' }).click();
    await page.getByText('持出しを申請しました').waitFor();
    const request = page.url().split('?')[0];
    assert.equal(await page.getByRole('link', { name: 'ZIP を取り出す' }).count(), 0);
    assert.equal(await page.getByRole('link', { name: '確認・承認に進む' }).count(), 0);

    const second = await house.person('supervisor2');
    for (const [visitor, stage] of [[second, '確認'], [supervisor, '承認']]) {
      await visitor.page.goto('/');
      await visitor.page.getByRole('link', { name: /「実施結果」の持出しの申請を確かめてください/ }).first().click();
      await visitor.page.getByRole('link', { name: '確認・承認に進む' }).click();
      await visitor.proveAgain();
      await look(visitor, `package_agreement_${stage}`);
      const opened = await saved(visitor, 'opened.csv', () =>
        visitor.page.getByRole('button', { name: '実施結果.csvを開く' }).click());
      assert.equal(await readFile(opened, 'utf8'), rows);
      await visitor.page.getByRole('button', { name: `中身と渡し先を確かめたので${stage}する` }).click();
      await visitor.page.getByText('同意を記録しました。').waitFor();
    }
    await second.leave();

    await page.goto(request);
    await look(handler, 'package_granted');
    await page.getByRole('link', { name: 'ZIP を取り出す' }).click();
    await look(handler, 'package_taking');
    const zip = await saved(handler, 'results.zip', () => page.getByRole('button', { name: '記録して取り出す' }).click());
    assert.match(execFileSync('7z', ['l', zip], { encoding: 'utf8' }), /実施結果\.csv/);
    await page.getByText(/の ZIP を取り出しました。/).waitFor();
    await page.goto(`${custody}/packages`);
    await page.getByRole('link', { name: /^第\d+号$/ }).first().click();
    await page.getByText('実施結果').first().waitFor();
    await page.goto(`${custody}/copies`);
    await page.getByRole('row', { name: /12/ }).first().waitFor();
  });

  it('asks before a request is withdrawn, and takes in nothing that those who check cannot look into [K51]', async () => {
    const { page } = handler;
    const sent = path.join(work, '名簿.zip');
    await writeFile(sent, Buffer.from('504b0304140000000000', 'hex'));
    const fill = async (file) => {
      await page.goto(`${custody}/packages/new`);
      await page.getByLabel('情報の内容').fill('取り下げる申請');
      await page.getByLabel('含まれる人数').fill('3');
      await page.getByLabel('ファイル1').setInputFiles(file);
      await page.getByRole('button', { name: '暗号化して申請する' }).click();
    };
    await fill(sent);
    await page.getByText(/「名簿.zip」は圧縮ファイルです/).first().waitFor();
    await look(handler, 'package_archive_refused');
    await fill(path.join(work, '実施結果.csv'));
    await page.getByText('持出しを申請しました').waitFor();
    await look(handler, 'package_waiting');
    const request = page.url().split('?')[0];
    await page.getByRole('link', { name: '申請を取り下げる' }).click();
    await look(handler, 'package_withdrawal');
    await page.getByRole('link', { name: 'やめて戻る' }).click();
    await page.getByRole('heading', { level: 1, name: '暗号化データの申請' }).waitFor();
    assert.equal(page.url().split('?')[0], request);
    assert.match(await page.getByRole('main').innerText(), /承認待ち/, 'looking is not withdrawing');
    await page.getByRole('link', { name: '申請を取り下げる' }).click();
    await page.getByRole('button', { name: '取り下げてファイルを消す' }).click();
    await page.getByText('申請を取り下げ、ファイルを消しました。').waitFor();
    assert.equal(await page.getByRole('link', { name: '申請を取り下げる' }).count(), 0);
    await look(handler, 'package_withdrawn');
  });

  it('keeps who may enter a room and who did, and flags what was not as it should be [K16]', async () => {
    const { page } = supervisor;
    await page.goto(`${custody}/rooms`);
    await page.getByLabel('部屋の名前').fill('マシン室');
    await page.getByRole('button', { name: '部屋を登録する' }).click();
    await page.getByText('部屋を登録しました。').waitFor();
    await supervisor.choose('入室を許可する方', '架空 三郎');
    await page.getByRole('button', { name: '入室を許可する' }).click();
    await page.getByText('入室を許可しました。').waitFor();
    const list = path.join(work, 'entries.csv');
    await writeFile(list, `氏名,入室,退室\r\n架空三郎,${day(-1)} 10:00,${day(-1)} 11:00\r\n例示 未知,${day(-1)} 20:00,\r\n`);
    await page.getByLabel('入退室の一覧（CSV）').setInputFiles(list);
    await page.getByRole('button', { name: '読み込む' }).click();
    await page.getByText(/2件を読み込みました/).waitFor();
    for (const flag of ['許可のない方の入室', '退室の記録がない', '利用時間の外']) await page.getByText(flag).first().waitFor();
    await look(supervisor, 'room');
    await writeFile(list, '氏名,入室,退室\r\nx,10:00,\r\n');
    await page.getByLabel('入退室の一覧（CSV）').setInputFiles(list);
    await page.getByRole('button', { name: '読み込む' }).click();
    await page.getByText(/2行目: 「入室」の日時を/).first().waitFor();
  });
});
