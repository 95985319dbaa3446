// 名簿 and 研修: who may handle what was entrusted, from being put on the roster to being taken off in mid-work.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

describe('people at work', () => {
  let house;
  let entrustment; // the guidance letters, which the demonstration's contractor works on
  before(async () => {
    house = await House.open();
    const supervisor = await house.person('supervisor');
    await supervisor.page.goto('/entrustments');
    const links = await supervisor.page.getByRole('table').getByRole('link').evaluateAll((all) =>
      all.map((link) => link.getAttribute('href')));
    entrustment = links.find((href) => /^\/entrustments\/[0-9a-f-]{36}$/.test(href));
    await supervisor.leave();
  });
  after(async () => { await house.close(); });

  // Answers anything first, reads the right answers in the explanation, and takes the test again.
  async function passTest(page) {
    await page.goto(`${entrustment}/training/course`);
    const groups = page.locator('form fieldset');
    for (let n = 0; n < await groups.count(); n += 1) await groups.nth(n).getByRole('radio').first().check();
    await page.getByRole('button', { name: '答え合わせをする' }).click();
    const right = await page.locator('dt:has-text("正しい答え") + dd').allInnerTexts();
    assert.ok(right.length > 0);
    await page.goto(`${entrustment}/training/course`);
    for (let n = 0; n < right.length; n += 1) await groups.nth(n).getByLabel(right[n].trim(), { exact: true }).check();
    await page.getByRole('button', { name: '答え合わせをする' }).click();
    await page.getByRole('heading', { level: 1, name: '合格です' }).waitFor();
  }

  it('opens nothing to who is not on a submitted roster, and everything at once to who is; and closes again [K11] [K12]', async () => {
    const supervisor = await house.person('supervisor');
    const newcomer = await house.person('handler2');
    newcomer.expect(/status of 403/);
    const { page } = newcomer;
    assert.equal((await page.goto(entrustment)).status(), 403, 'not on the roster');
    await newcomer.pageIsAccessible();
    await newcomer.screenshot('people/not_on_the_roster');

    await supervisor.page.goto(`${entrustment}/roster/new`);
    await supervisor.choose('載せる方', house.account('handler2').name);
    await supervisor.page.getByRole('radio', { name: /^取扱者/ }).check();
    await supervisor.page.getByRole('button', { name: '名簿に載せる' }).click();
    await supervisor.page.goto(`${entrustment}/roster/submission`);
    await supervisor.proveAgain();
    await supervisor.pageIsAccessible();
    await supervisor.screenshot('people/submission');
    await supervisor.page.getByRole('button', { name: 'この内容で区に提出する' }).click();
    await supervisor.page.waitForURL('**/roster');

    assert.equal((await page.goto(`${entrustment}/guidance/intake`)).status(), 403, 'on the roster, not yet trained');
    await passTest(page);
    await newcomer.screenshot('people/passed');
    assert.equal((await page.goto(`${entrustment}/guidance/intake`)).status(), 200, 'on the roster and trained');

    await supervisor.page.goto(`${entrustment}/roster`);
    await supervisor.page.getByRole('row', { name: house.account('handler2').name }).getByRole('link', { name: /外す/ }).press('Enter');
    await supervisor.page.getByLabel('外す理由').fill('担当の替わったため（架空）');
    await supervisor.page.getByRole('button', { name: '名簿から外す' }).click();
    assert.equal((await page.goto(`${entrustment}/guidance/intake`)).status(), 403, 'withdrawn in a running session');
    await newcomer.screenshot('people/withdrawn');
    await supervisor.leave();
    await newcomer.leave();
  });

  it('shows the same matrix to everybody: who may do what [K15]', async () => {
    const auditor = await house.person('auditor');
    await auditor.page.goto('/matrix');
    const table = auditor.page.getByRole('table');
    assert.ok(await table.getByRole('row').count() > 15);
    for (const role of ['区 担当職員', '区 確認者', '取扱責任者', '取扱者', 'セキュリティ責任者', '監査']) {
      assert.equal(await table.getByRole('columnheader', { name: role }).count(), 1, role);
    }
    await auditor.pageIsAccessible();
    await auditor.screenshot('people/matrix');
    await auditor.leave();
  });
});
