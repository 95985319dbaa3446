// How long things are kept, what holds them back, how they go back to the ward, and the ward's own look at everything.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

const work = process.env.AZUKARI_WORK;

// "2026-11-23" so many days from now, as Japan's calendar has it.
function day(offset) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date(Date.now() + offset * 86_400_000));
}

describe('keeping, giving back and collecting', () => {
  let house;
  let entrustment;
  let ending;
  const visitors = {};
  before(async () => {
    house = await House.open();
    for (const [name, who] of Object.entries({
      handler: 'course-handler', supervisor: 'course-supervisor', security: 'course-security', officer: 'officer',
      reviewer: 'reviewer', auditor: 'auditor',
    })) {
      visitors[name] = await house.person(who);
      visitors[name].expect(/status of 4\d\d/);
    }
    const { page } = visitors.handler;
    await page.goto('/entrustments');
    entrustment = await page.getByRole('table').getByRole('link', { name: /介護人材/ }).first().getAttribute('href');
    ending = `${entrustment}/ending`;
  });
  after(async () => {
    for (const visitor of Object.values(visitors)) await visitor.leave();
    await house.close();
  });

  async function look(visitor, name) {
    await visitor.pageIsAccessible();
    for (const width of [1280, 390]) {
      await visitor.fitsWidth(width);
      await visitor.page.setViewportSize({ width, height: 900 });
      await visitor.screenshot(`keeping/${name}_${width}`);
    }
    await visitor.page.setViewportSize({ width: 1280, height: 900 });
  }

  async function saved(visitor, name, press) {
    const waiting = visitor.page.waitForEvent('download');
    await press();
    const file = path.join(work, name);
    await (await waiting).saveAs(file);
    return file;
  }

  async function register(visitor, number, held) {
    const { page } = visitor;
    await page.goto(`${ending}/documents/new`);
    await page.getByRole('radio', { name: /参加申込書/ }).check();
    await page.getByLabel('管理番号').fill(number);
    if (held) await page.getByLabel('講座・研修の実施の日').fill(held);
    await page.getByRole('button', { name: '登録する' }).click();
  }

  const row = (visitor, table, name) =>
    visitor.page.getByRole('table', { name: table }).getByRole('row', { name });

  it('gives every paper a handler keeps its last day, and tells when it is due [K63]', async () => {
    const { handler } = visitors;
    const { page } = handler;
    await page.goto(ending);
    await page.getByRole('link', { name: '書類を登録する' }).click();
    await look(handler, 'document_form');
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByText('書類の種類を選んでください').first().waitFor();
    await look(handler, 'document_form_refused');
    await register(handler, '令8-0001', day(2));
    await page.getByText('今日より後の日付は入力できません').first().waitFor();

    for (const [number, held] of [['令8-0001', ''], ['令8-0002', day(-2)], ['令8-0003', day(-60)]]) {
      await register(handler, number, held);
      await page.getByText('書類を登録しました。').waitFor();
    }
    await register(handler, '令8-0003', '');
    await page.getByText('この管理番号の書類は、もう登録されています').first().waitFor();

    await page.goto(ending);
    await row(handler, '保存しているもの', /令8-0001.*「講座・研修の実施」の日が決まると定まります/).waitFor();
    await row(handler, '保存しているもの', /令8-0002.*廃棄・消去の時期です/).waitFor();
    const first = page.getByRole('table', { name: '保存しているもの' }).getByRole('row').nth(1);
    assert.match(await first.innerText(), /令8-0003[\s\S]*期限を過ぎています/, 'the most pressing stands first');
    await look(handler, 'worklist');

    await page.goto('/');
    await page.getByRole('link', { name: '廃棄・消去の期限を過ぎたものが1件あります' }).click();
    await row(handler, '保存しているもの', /令8-0001/).getByRole('link').click();
    await page.getByRole('button', { name: '廃棄・返還を記録する' }).waitFor();
    await page.getByLabel('廃棄・返還の方法').fill('裁断');
    await page.getByRole('button', { name: '廃棄・返還を記録する' }).click();
    await page.getByText('保存期間が終わる日が決まりません').first().waitFor();
    await look(handler, 'too_early');
    await page.getByLabel('講座・研修の実施の日').fill(day(-1));
    await page.getByRole('button', { name: '講座・研修の実施の日を記録する' }).click();
    await page.getByText('日付を記録しました。').waitFor();
    await row(handler, '保存しているもの', /令8-0001.*廃棄・消去の時期です/).waitFor();
  });

  it('holds one paper back with a reason, from whoever may hold, and lets it go again [K63]', async () => {
    const { handler, officer, supervisor } = visitors;
    await officer.page.goto(ending);
    await officer.page.getByRole('link', { name: '保留する', exact: true }).click();
    await look(officer, 'hold_form');
    await officer.page.getByRole('radio', { name: /令8-0003/ }).check();
    await officer.page.getByRole('button', { name: '保留する' }).click();
    await officer.page.getByText('理由を入力してください').first().waitFor();
    assert.ok(await officer.page.getByRole('radio', { name: /令8-0003/ }).isChecked(), 'what was chosen is not lost');
    await officer.page.getByLabel('保留する理由').fill('苦情の調査のため');
    await officer.page.getByRole('button', { name: '保留する' }).click();
    await officer.page.getByText('消去・廃棄を保留しました。').waitFor();
    await row(officer, '保存しているもの', /令8-0003.*苦情の調査のため/).waitFor();

    const { page } = handler;
    const dispose = async () => {
      await page.goto(ending);
      await row(handler, '保存しているもの', /令8-0003/).getByRole('link').click();
      await page.getByLabel('廃棄・返還の方法').fill('裁断');
      await page.getByRole('button', { name: '廃棄・返還を記録する' }).click();
    };
    await dispose();
    await page.getByText(/保留されているため、消去も廃棄もできません（理由: 苦情の調査のため）/).first().waitFor();
    await page.goto(ending);
    assert.equal(await page.getByRole('link', { name: /保留を解く|保留する/ }).count(), 0, 'a handler neither holds nor lifts');

    await supervisor.page.goto(ending);
    await supervisor.page.getByRole('link', { name: /保留を解く/ }).click();
    await look(supervisor, 'release');
    await supervisor.page.getByRole('button', { name: '保留を解く' }).click();
    await supervisor.page.getByText('理由を入力してください').first().waitFor();
    await supervisor.page.getByLabel('解く理由').fill('調査が終わったため');
    await supervisor.page.getByRole('button', { name: '保留を解く' }).click();
    await supervisor.page.getByText('保留を解きました。').waitFor();
    await dispose();
    await page.getByText('廃棄・返還を記録しました。').waitFor();
    await row(handler, '保存しているもの', /令8-0003.*済み/).waitFor();
  });

  it('gives everything back, counted and encrypted, and the password to another person [K62]', async () => {
    const { handler, supervisor, officer } = visitors;
    const { page } = handler;
    await page.goto(ending);
    await page.getByRole('link', { name: '返還', exact: true }).click();
    await look(handler, 'return');
    const take = () => page.getByRole('button', { name: '記録して取り出す' }).click();
    const zip = await saved(handler, 'return.zip', take);
    await page.getByText(/返還用データを取り出しました/).waitFor();
    await row(handler, '取り出した返還用データ', /仮設 八雲/).waitFor();
    await look(handler, 'returned');
    assert.equal(await page.getByRole('button', { name: 'パスワード通知を見る' }).count(), 0, 'who took it does not see the password');

    await supervisor.page.goto(`${ending}/return`);
    await supervisor.page.getByRole('button', { name: 'パスワード通知を見る' }).click();
    if (supervisor.page.url().includes('/reauthenticate')) {
      await supervisor.proveAgain();
      await supervisor.page.getByRole('button', { name: 'パスワード通知を見る' }).click();
    }
    await look(supervisor, 'password');
    const [password] = (await supervisor.page.getByRole('main').innerText()).match(/([0-9A-Z]{4}-){5}[0-9A-Z]{4}/);
    assert.throws(() => execFileSync('7z', ['t', '-pwrong', zip], { stdio: 'pipe' }));
    const folder = path.join(work, 'returned');
    execFileSync('7z', ['x', `-p${password}`, `-o${folder}`, '-y', zip], { stdio: 'pipe' });
    const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
    assert.ok(manifest.rows >= 12, 'the twelve persons of the demonstration');
    const tables = manifest.files.filter((each) => each.rows);
    let rows = 0;
    for (const { file, sha256, rows: told } of tables) {
      const [digest] = execFileSync('sha256sum', [path.join(folder, file)], { encoding: 'utf8' }).split(' ');
      assert.equal(digest, sha256, file);
      const content = await readFile(path.join(folder, file), 'utf8');
      assert.ok(content.startsWith('\ufeff'), 'any office opens it');
      rows += told;
    }
    assert.equal(rows, manifest.rows);

    await officer.page.goto(`${entrustment}/custody/copies`);
    await officer.page.getByRole('row', { name: /見本区/ }).getByText('まだ外にある').waitFor();
    await officer.page.goto(`${ending}/return`);
    assert.equal(await officer.page.getByRole('button').filter({ hasText: /取り出す|パスワード/ }).count(), 0);
    await look(officer, 'return_of_officer');
  });

  it('lets the ward go through everything, thing by thing, and says aloud what is missing [K64]', async () => {
    const { officer, reviewer, supervisor } = visitors;
    const { page } = officer;
    const find = async (visitor, thing, answer, note) => {
      await row(visitor, '区から預けたものと、その写し', thing).getByRole('link', { name: /確かめる|直す/ }).first().click();
      await visitor.page.getByRole('radio', { name: answer }).check();
      if (note) await visitor.page.getByLabel('メモ').fill(note);
      await visitor.page.getByRole('button', { name: '記録する' }).click();
    };
    await page.goto(ending);
    await page.getByRole('link', { name: '回収の確認' }).click();
    await look(officer, 'collection');
    const things = await page.getByRole('table', { name: '区から預けたものと、その写し' }).getByRole('row').count() - 1;
    assert.ok(things >= 5, `media, copy, data and papers, not ${things}`);
    await row(officer, '区から預けたものと、その写し', /登録された記録媒体/).getByRole('link', { name: /確かめる/ }).click();
    await look(officer, 'collection_form');
    await page.getByRole('button', { name: '記録する' }).click();
    await page.getByText('どうだったかを選んでください').first().waitFor();
    await page.getByRole('radio', { name: '見当たらない' }).check();
    await page.getByRole('button', { name: '記録する' }).click();
    await page.getByText('見当たらないときは、分かっていることを書いてください').first().waitFor();
    await look(officer, 'collection_refused');
    await page.getByLabel('メモ').fill('目録にあるが、返却の箱に入っていない');
    await page.getByRole('button', { name: '記録する' }).click();
    await page.getByText('見当たらないものが1件あります。').waitFor();
    await look(officer, 'collection_missing');

    await supervisor.page.goto(`${ending}/collection`);
    await supervisor.page.getByText('見当たらないものが1件あります。').waitFor();
    assert.equal(await supervisor.page.getByRole('link', { name: /確かめる|直す/ }).count(), 0, 'the ward looks for itself');

    // The other person of the ward finds it: the last word counts, the first one stays in the ledger.
    await reviewer.page.goto(`${ending}/collection`);
    await find(reviewer, /登録された記録媒体/, '回収した', '返却の箱の底にあった');
    await reviewer.page.getByText(`${things}件のうち1件を確かめました。`).waitFor();
    await page.goto(`${ending}/collection`);
    for (let left = things - 1; left > 0; left -= 1) await find(officer, /まだ確かめていません/, /廃棄・消去を確認した/);
    await page.getByText(`${things}件すべてを確かめました。`).waitFor();
    await look(officer, 'collection_complete');
    await page.goto('/ledger');
    const told = await page.getByRole('main').innerText();
    assert.ok(told.includes('回収'), 'the ledger tells of it');
  });

  it('lists which copies of keys and data are left, and says so until their destruction is recorded [K61]', async () => {
    const { security, handler } = visitors;
    const { page } = security;
    await page.goto(ending);
    await page.getByRole('link', { name: '鍵とデータの控え' }).click();
    await look(security, 'backups_empty');
    const enter = async (kind, name, made, expires) => {
      await page.getByRole('radio', { name: kind }).check();
      await page.getByLabel('名前').fill(name);
      await page.getByLabel('作った日').fill(made);
      await page.getByLabel('破棄する期限').fill(expires);
      await page.getByRole('button', { name: '控えを登録する' }).click();
    };
    await enter(/鍵の控え/, '鍵-01', day(-3), day(60));
    await page.getByRole('alert').or(page.locator('#errors')).first().waitFor();
    await look(security, 'backup_refused');
    await enter(/鍵の控え/, '鍵-01', day(-20), day(-7));
    await page.getByText('控えを登録しました。').waitFor();
    await enter(/データの控え/, 'データ-01', day(-2), day(30));
    await page.getByText('控えを登録しました。').waitFor();
    await row(security, '控え', /鍵-01.*期限を過ぎています/).waitFor();
    await look(security, 'backups');
    await page.goto('/');
    await page.getByRole('link', { name: /期限を過ぎた控えが1件、破棄されていません/ }).click();
    await row(security, '控え', /鍵-01/).getByRole('link', { name: /破棄を記録/ }).click();
    await look(security, 'backup_end');
    await page.getByRole('button', { name: '破棄したことを記録する' }).click();
    await page.locator('#errors').waitFor();
    await page.getByLabel('破棄の方法').fill('媒体を裁断');
    await page.getByRole('button', { name: '破棄したことを記録する' }).click();
    await page.getByText('控えの破棄を記録しました。').waitFor();
    await row(security, '控え', /鍵-01.*媒体を裁断/).waitFor();

    await handler.page.goto(`${ending}/backups`);
    assert.equal(await handler.page.getByRole('button', { name: '控えを登録する' }).count(), 0);
  });

  it('shows all of it to the auditor, who can change none of it [K61] [K62] [K63] [K64]', async () => {
    const { auditor } = visitors;
    const { page } = auditor;
    for (const [below, words] of [
      ['', '令8-0002'], ['/return', '仮設 八雲'], ['/collection', '件すべてを確かめました。'], ['/backups', '媒体を裁断'],
    ]) {
      await page.goto(`${ending}${below}`);
      await page.getByText(words).first().waitFor();
      await look(auditor, `auditor${below.replace('/', '_') || '_overview'}`);
      const buttons = await page.getByRole('main').getByRole('button').allInnerTexts();
      assert.deepEqual(buttons, [], `${below} offers the auditor ${buttons}`);
    }
    for (const below of ['/documents/new', '/holds/new', '/erasures/new']) {
      const answer = await page.goto(`${ending}${below}`);
      assert.equal(answer.status(), 403, below);
    }
  });
});
