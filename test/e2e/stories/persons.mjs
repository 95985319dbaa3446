// 対象者: the life of one person's information: taken in on a call, warned about, opened for a reason, consented to, found
// to be there twice, merged and restored; and a ward that says what it may be used for without seeing any of it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

const ID = /^\/entrustments\/[0-9a-f-]{36}$/;

describe('persons', () => {
  let house;
  let entrustment; // the course, whose contractor takes in applicants
  before(async () => {
    house = await House.open();
    const handler = await house.person('course-handler');
    await handler.page.goto('/entrustments');
    const links = await handler.page.getByRole('table').getByRole('link').evaluateAll((all) =>
      all.map((link) => link.getAttribute('href')));
    entrustment = links.find((href) => ID.test(href));
    await handler.leave();
  });
  after(async () => { await house.close(); });

  const field = (page, name) => page.locator(`[name="${name}"]`);

  async function open(visitor, reason) {
    const { page } = visitor;
    await field(page, 'purpose').selectOption('course_operation');
    await field(page, 'reason').fill(reason);
    await page.getByRole('button', { name: '記録して開く' }).click();
    await page.getByText('内容を開きました').waitFor();
  }

  it('lists everybody in masks [K15]', async () => {
    const handler = await house.person('course-handler');
    const { page } = handler;
    await page.goto(entrustment);
    await page.getByRole('main').getByRole('link', { name: '対象者', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '対象者' }).waitFor();
    assert.equal(await page.getByRole('row').count(), 13);
    const words = await page.getByRole('main').innerText();
    assert.ok(words.includes('見〇 〇〇') && !words.includes('見本 一郎') && !words.includes('03-0000-0001'));
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('persons/list');
    await handler.leave();
  });

  it('finds people as they are searched for: other kanji, any notation, parts; in masks, without the words anywhere [K38]', async () => {
    const handler = await house.person('course-handler');
    handler.expect(/status of 422/);
    const { page } = handler;
    await page.goto(`${entrustment}/persons`);
    const search = async (words, told) => {
      await field(page, 'words').fill(words);
      await page.getByRole('button', { name: '探す' }).click();
      await page.getByText(told).first().waitFor();
      assert.ok(page.url().endsWith('/persons'));
    };
    await search('0000-0003', '1人が見つかりました。');
    await search('＋８１ ３ ００００ ０００３', '1人が見つかりました。');
    await search('昭和49年2月3日', '1人が見つかりました。');
    await search('模擬坂3-15-16', '1人が見つかりました。');
    await search('０００２ 花子', '1人が見つかりました。');
    await search('試驗', '2人が見つかりました。');
    const words = await page.getByRole('main').innerText();
    assert.ok(words.includes('試〇 〇〇') && words.includes('一致した項目') && !words.includes('試験 次郎'));
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('persons/found');
    await search('だれもいない', '当てはまる方はいません');
    await handler.screenshot('persons/nobody_found');
    await search('　', '探す言葉を入力してください。');
    await handler.pageIsAccessible();
    await handler.screenshot('persons/nothing_typed');
    await handler.leave();

    const supervisor = await house.person('course-supervisor');
    await supervisor.page.goto('/ledger');
    await supervisor.page.getByRole('row', { name: '対象者を探し、伏せ字で見た' }).first().getByRole('link').first().click();
    const entry = await supervisor.page.getByRole('main').innerText();
    assert.ok(entry.includes('items') && entry.includes('name') && !entry.includes('だれもいない'), entry);
    await supervisor.screenshot('persons/search_in_ledger');
    await supervisor.leave();
  });

  it('takes in an applicant: only what is declared, warned of prohibited words, opened only for a reason [K21] [K22] [K23] [K79]', async () => {
    const handler = await house.person('course-handler');
    handler.expect(/status of 422/);
    const { page } = handler;
    await page.goto(`${entrustment}/persons/new`);
    assert.ok(await field(page, 'item.child_name').isHidden(), 'asked only under its condition');
    await page.getByLabel('研修及びおしごと相談会時に託児を希望する申込者のみ').check();
    assert.ok(await field(page, 'item.child_name').isVisible());
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('persons/new');
    await field(page, 'item.name').fill('架空 十和');
    await field(page, 'item.telephone').fill('０３－００００－００２０');
    await field(page, 'item.child_name').fill('架空 とおか');
    await field(page, 'item.survey').fill('家の宗教の行事のため、日曜は参加できない。');
    await field(page, 'channel').selectOption('telephone');
    await field(page, 'reason').fill('申込みの電話を受けたため');
    await field(page, 'purpose').selectOption('course_operation');
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByText('「宗教」（思想・信条・宗教）').first().waitFor();
    assert.equal(await field(page, 'item.name').inputValue(), '架空 十和', 'nothing is lost');
    await handler.pageIsAccessible();
    await handler.screenshot('persons/warned');
    await field(page, 'kept.survey').fill('本人が日程の調整のため記載を求めたため');
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByText('登録しました。').waitFor();
    assert.ok(!(await page.getByRole('main').innerText()).includes('十和'));
    await handler.pageIsAccessible();
    await handler.screenshot('persons/closed');

    await open(handler, '申込みの内容の確認のため');
    const shown = await page.getByRole('main').innerText();
    for (const words of ['架空 十和', '03-0000-0020', '架空 とおか', '本人が日程の調整のため']) assert.ok(shown.includes(words), words);
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('persons/opened');

    await page.getByRole('button', { name: 'この記録を直す' }).click();
    await field(page, 'item.telephone').fill('03-0000-0021');
    await field(page, 'reason').fill('番号の聞き誤りを直すため');
    await page.getByRole('button', { name: '新しい版として保存する' }).click();
    await page.getByText('第2版として保存しました。').waitFor();
    await page.getByLabel('これまでの変更と、だれが開いたかも見る').check();
    await open(handler, '訂正の確認のため');
    await page.getByText('第1版から第2版へ').waitFor();
    await handler.pageIsAccessible();
    await handler.screenshot('persons/history');
    await handler.leave();
  });

  it('records what a person agreed to, for whom, and that they took it back [K24] [K25]', async () => {
    const handler = await house.person('course-handler');
    const { page } = handler;
    await page.goto(`${entrustment}/persons`);
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.goto(`${page.url()}/consents/new`);
    await handler.pageIsAccessible();
    await handler.screenshot('persons/consent_form');
    await field(page, 'text').selectOption({ index: 1 });
    await page.getByLabel('同意した', { exact: true }).check();
    await page.getByLabel('電話番号', { exact: true }).check();
    await page.getByLabel(/架空介護サービス見本事業所/).check();
    await field(page, 'explained_by').fill('仮設 八雲');
    await page.getByLabel('書面への署名').check();
    await page.getByRole('button', { name: '記録する' }).click();
    await page.getByText('同意を記録しました。').waitFor();
    await handler.pageIsAccessible();
    await handler.screenshot('persons/consents');
    await page.getByRole('link', { name: '撤回を記録する' }).click();
    await page.getByRole('button', { name: '撤回を記録する' }).click();
    await page.getByText('撤回を記録しました。').waitFor();
    await handler.leave();
  });

  it('sets two registrations side by side, merges them by a decision, and takes it back', async () => {
    const supervisor = await house.person('course-supervisor');
    const { page } = supervisor;
    await page.goto(`${entrustment}/persons`);
    const twins = page.getByRole('row', { name: '0002' });
    assert.equal(await twins.count(), 2);
    for (let n = 0; n < 2; n += 1) await twins.nth(n).getByRole('checkbox').check();
    await page.getByRole('button', { name: '選んだ2件を見比べる' }).click();
    await field(page, 'purpose').selectOption('course_operation');
    await field(page, 'reason').fill('同じ電話番号の登録が2件あるため');
    await page.getByRole('button', { name: '記録して見比べる' }).click();
    await page.getByRole('heading', { name: '2件の登録を見比べる' }).waitFor();
    await supervisor.pageIsAccessible();
    await supervisor.fitsWidth(375);
    await supervisor.screenshot('persons/side_by_side');
    const groups = await page.locator('input[type=radio]').evaluateAll((all) => [...new Set(all.map((each) => each.name))]);
    assert.ok(groups.includes('choice.name'));
    for (const name of groups) await page.locator(`input[name="${name}"]`).first().check();
    await field(page, 'merge_reason').fill('本人に電話で確認したため');
    await page.getByRole('button', { name: '同じ人としてまとめる' }).click();
    await page.getByText('1件に統合しました。').waitFor();
    await supervisor.screenshot('persons/merged');
    await page.getByRole('link', { name: '統合を取り消す' }).click();
    await field(page, 'purpose').selectOption('course_operation');
    await field(page, 'reason').fill('別の方と分かったため（架空）');
    await page.getByRole('button', { name: '統合を取り消す' }).click();
    await page.getByText('2件の登録に戻しました。').waitFor();
    await supervisor.leave();
  });

  it('offers who may be one person, side by side; a pair told apart does not come back until that is taken back [K38]', async () => {
    const supervisor = await house.person('course-supervisor');
    const { page } = supervisor;
    await page.goto(`${entrustment}/persons`);
    await page.getByRole('link', { name: '重複の候補' }).click();
    await page.getByText('1組の候補があります。').waitFor();
    const words = await page.getByRole('main').innerText();
    for (const each of ['見〇 〇〇', '姓が同じ', '生年月日が同じ', '住所が同じ', '電話番号が同じ']) assert.ok(words.includes(each), each);
    assert.ok(!words.includes('花子') && !words.includes('架空町'));
    await supervisor.pageIsAccessible();
    await supervisor.fitsWidth(375);
    await supervisor.screenshot('persons/duplicates');
    await page.getByRole('link', { name: '1番は別の人である' }).click();
    await supervisor.pageIsAccessible();
    await field(page, 'purpose').selectOption('course_operation');
    await field(page, 'reason').fill('双子のごきょうだいと分かったため（架空）');
    await supervisor.screenshot('persons/telling_apart');
    await page.getByRole('button', { name: '別の人と記録する' }).click();
    await page.getByText('同じ方の登録と思われるものはありません').waitFor();
    await supervisor.pageIsAccessible();
    await supervisor.fitsWidth(375);
    await supervisor.screenshot('persons/told_apart');
    await page.getByRole('link', { name: '記録を取り消す' }).click();
    await supervisor.pageIsAccessible();
    await field(page, 'purpose').selectOption('course_operation');
    await field(page, 'reason').fill('同じ方と分かったため（架空）');
    await supervisor.screenshot('persons/taking_back');
    await page.getByRole('button', { name: '記録を取り消す' }).click();
    await page.getByText('1組の候補があります。').waitFor();

    await page.getByRole('link', { name: '1番を同じ人としてまとめる' }).click();
    await field(page, 'purpose').selectOption('course_operation');
    await field(page, 'reason').fill('重複の候補に出たため');
    await page.getByRole('button', { name: '記録して見比べる' }).click();
    await page.getByRole('link', { name: '別の人である' }).waitFor();
    const groups = await page.locator('input[type=radio]').evaluateAll((all) => [...new Set(all.map((each) => each.name))]);
    for (const name of groups) await page.locator(`input[name="${name}"]`).first().check();
    await field(page, 'merge_reason').fill('本人に電話で確認したため');
    await page.getByRole('button', { name: '同じ人としてまとめる' }).click();
    await page.getByText('1件に統合しました。').waitFor();
    await page.goto(`${entrustment}/persons/duplicates`);
    await page.getByText('同じ方の登録と思われるものはありません').waitFor();
    await supervisor.leave();
  });

  it('lets the ward say what the information is for, and shows it nobody [K23] [K26]', async () => {
    const officer = await house.person('officer');
    officer.expect(/status of 403/);
    const { page } = officer;
    assert.equal((await page.goto(`${entrustment}/persons`)).status(), 403);
    await page.goto(`${entrustment}/purposes`);
    await officer.pageIsAccessible();
    await officer.fitsWidth(375);
    await officer.screenshot('persons/purposes');
    await field(page, 'name').fill('修了証の再発行');
    await field(page, 'code').fill('certificate_again');
    await page.getByRole('button', { name: '登録する' }).first().click();
    await page.getByText('利用目的を登録しました。').waitFor();
    await page.goto(`${entrustment}/purposes/texts/new`);
    await officer.pageIsAccessible();
    await officer.screenshot('persons/text_form');
    await officer.leave();
  });
});
