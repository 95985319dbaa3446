// 添付: a form that somebody sent is kept beside the person, waits for the virus scanner, and is shown page by page within
// the page, for a purpose and a reason.
import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fax, pdfForm, photograph } from '../forms.mjs';
import { House } from '../house.mjs';
import { Scanner } from '../scanner.mjs';

const ID = /^\/entrustments\/[0-9a-f-]{36}$/;

describe('attachments', () => {
  let house;
  let person; // the address of somebody who applied
  before(async () => {
    house = await House.open();
    // The scanner is set up, but not there yet.
    const { port } = new URL(house.address);
    await house.stop();
    await appendFile(path.join(house.data, 'azukari.toml'), `\n[scanner]\nclamd = "${house.data}/clamd.ctl"\n`);
    await house.start(port);
    const handler = await house.person('course-handler');
    const { page } = handler;
    await page.goto('/entrustments');
    const links = await page.getByRole('table').getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    await page.goto(`${links.find((href) => ID.test(href))}/persons`);
    person = await page.getByRole('row').nth(1).getByRole('link').getAttribute('href');
    await handler.leave();
  });
  after(async () => { await house.close(); });

  const field = (page, name) => page.locator(`[name="${name}"]`);

  async function attach(page, name, mimeType, buffer) {
    await page.goto(person);
    await page.getByRole('link', { name: '書類を添付する' }).first().click();
    await field(page, 'paper').selectOption('application');
    await field(page, 'purpose').selectOption('course_operation');
    await field(page, 'file').setInputFiles({ name, mimeType, buffer });
    await page.getByRole('button', { name: '調べて保存する' }).click();
  }

  async function picturesArrived(page) {
    const pictures = page.locator('.sheet img');
    for (let n = 0; n < await pictures.count(); n += 1) {
      await pictures.nth(n).scrollIntoViewIfNeeded();
      await pictures.nth(n).evaluate((image) => image.decode());
      assert.ok(await pictures.nth(n).evaluate((image) => image.naturalWidth > 500));
    }
    return pictures.count();
  }

  it('keeps a fax while no scanner answers, and shows it to nobody [K36]', async () => {
    const handler = await house.person('course-handler');
    const { page } = handler;
    await page.goto(`${person}/attachments`);
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('attachments/form');
    await attach(page, 'fax.tif', 'image/tiff', await fax(house.browser, 2));
    await page.getByText('ウイルス検査が済むまで表示できません（検査待ち）').waitFor();
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('attachments/waiting');
    await page.getByRole('link', { name: '申込書・申請書' }).click();
    await page.getByText('ウイルス検査を待っています').waitFor();
    assert.equal(await page.getByRole('button', { name: '記録して開く' }).count(), 0);
    await handler.screenshot('attachments/closed');
    await handler.leave();
  });

  it('refuses what is no form, in plain words, and keeps nothing of it [K36]', async () => {
    const scanner = await Scanner.open(`${house.data}/clamd.ctl`);
    const handler = await house.person('course-handler');
    handler.expect(/status of 422/);
    const { page } = handler;
    await attach(page, '申込書.pdf', 'application/pdf', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'));
    await page.getByText('PDF・JPEG・PNG・TIFF のどれでもありません').first().waitFor();
    await handler.pageIsAccessible();
    await handler.screenshot('attachments/refused');
    const virus = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-'}${'ANTIVIRUS-TEST-FILE!$H+H*'}`;
    await attach(page, '申込書.pdf', 'application/pdf', Buffer.concat([await pdfForm(house.browser), Buffer.from(virus)]));
    await page.getByText('ウイルスが見つかったため、保存しませんでした（Eicar-Signature）').first().waitFor();
    await handler.screenshot('attachments/infected');
    await page.goto(person);
    assert.equal(await page.getByRole('row', { name: '申込書・申請書' }).count(), 1, 'the fax alone');
    await handler.leave();
    await scanner.close();
  });

  it('shows a PDF and a photograph within the page, for a purpose and a reason, and opens them with the person [K26] [K79]', async () => {
    const scanner = await Scanner.open(`${house.data}/clamd.ctl`);
    const handler = await house.person('course-handler');
    handler.expect(/status of 422/);
    const { page } = handler;
    await attach(page, '架空十和の申込書.pdf', 'application/pdf', await pdfForm(house.browser));
    await page.getByText('書類を添付しました。').waitFor();
    assert.ok(!(await page.getByRole('main').innerText()).includes('架空十和'));
    await page.getByRole('link', { name: '申込書・申請書' }).last().click();
    await page.getByRole('button', { name: '記録して開く' }).waitFor();
    await handler.pageIsAccessible();
    await field(page, 'purpose').selectOption('course_operation');
    await field(page, 'reason').fill('電話番号を書類と見比べるため');
    await page.getByRole('button', { name: '記録して開く' }).click();
    await page.getByText('添付を開きました').waitFor();
    assert.equal(await picturesArrived(page), 1);
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('attachments/opened');

    await attach(page, 'photo.jpg', 'image/jpeg', await photograph(house.browser));
    await page.getByText('書類を添付しました。').waitFor();
    await field(page, 'purpose').selectOption('course_operation');
    await field(page, 'reason').fill('申込みの内容の確認のため');
    await page.getByRole('button', { name: '記録して開く' }).click();
    await page.getByText('内容を開きました').waitFor();
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('attachments/person_opened');
    await page.getByRole('button', { name: '開く', exact: true }).last().click();
    await page.getByText('添付を開きました').waitFor();
    assert.equal(await picturesArrived(page), 1);
    await handler.leave();
    await scanner.close();
  });

  it('shows the fax once the scanner is back and found nothing [T2] [K36]', async () => {
    const scanner = await Scanner.open(`${house.data}/clamd.ctl`);
    const handler = await house.person('course-handler');
    const { page } = handler;
    // The house looks every minute.
    for (let patience = 0; patience < 80; patience += 1) {
      await page.goto(person);
      if (!(await page.getByRole('main').innerText()).includes('検査待ち')) break;
      await new Promise((done) => setTimeout(done, 1000));
    }
    await page.getByRole('link', { name: '申込書・申請書' }).first().click();
    await field(page, 'purpose').selectOption('course_operation');
    await field(page, 'reason').fill('FAX の内容を入力するため');
    await page.getByRole('button', { name: '記録して開く' }).click();
    await page.getByText('添付を開きました').waitFor();
    assert.equal(await picturesArrived(page), 2);
    await handler.pageIsAccessible();
    await handler.screenshot('attachments/fax');
    await handler.leave();
    await scanner.close();
  });

  it('takes back what was wrongly attached, after a question, and tells who did so when and why [K31]', async () => {
    const handler = await house.person('course-handler');
    handler.expect(/status of 422/);
    const { page } = handler;
    await attach(page, 'wrong.jpg', 'image/jpeg', await photograph(house.browser));
    await page.getByText('書類を保管しました').waitFor();
    await page.getByRole('link', { name: '申込書・申請書' }).last().click();
    await page.getByRole('link', { name: '取り下げる' }).click();
    await handler.proveAgain();
    await page.getByText('元に戻せません').waitFor();
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('attachments/withdrawal');
    await field(page, 'words').fill('同じ姓の方の申込書でした');
    await page.getByRole('button', { name: '取り下げて内容を消す' }).click();
    await page.getByText('取下げの理由を選んでください').first().waitFor();
    assert.equal(await field(page, 'words').inputValue(), '同じ姓の方の申込書でした');
    await field(page, 'cause').selectOption('other_person');
    await page.getByRole('button', { name: '取り下げて内容を消す' }).click();
    await page.getByText('を取り下げました。内容は残っていません').waitFor();
    const row = page.getByRole('row', { name: '取下げ済み' });
    assert.match(await row.innerText(), /別の方の書類だった/);
    assert.ok(!(await page.getByRole('main').innerText()).includes('同じ姓'));
    await handler.pageIsAccessible();
    await handler.fitsWidth(375);
    await handler.screenshot('attachments/withdrawn_listed');
    await row.getByRole('link', { name: '申込書・申請書' }).click();
    await page.getByText('この添付は取り下げられました').waitFor();
    assert.equal(await page.getByRole('link', { name: '取り下げる' }).count(), 0);
    await handler.pageIsAccessible();
    await handler.screenshot('attachments/withdrawn');
    await handler.leave();
  });
});
