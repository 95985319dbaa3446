// Somebody at a browser. Whatever the browser complains about while they are here (errors in the console, breaches of the
// content security policy, requests to other hosts, answers of 500 and above) fails the story when they leave.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { freshCode } from './one_time_code.mjs';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export class Visitor {
  static async arrive(house, options) {
    const visitor = new Visitor();
    visitor.house = house;
    visitor.complaints = [];
    visitor.expected = [];
    visitor.context = await house.browser.newContext({
      baseURL: house.address,
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    visitor.context.setDefaultTimeout(10_000);
    visitor.page = await visitor.context.newPage();
    visitor.listen();
    return visitor;
  }

  listen() {
    const { page, complaints } = this;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()} (${page.url()})`);
    });
    page.on('pageerror', (error) => complaints.push(`script: ${error.message} (${page.url()})`));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(this.house.address) && !/^(data|blob|about):/.test(url)) complaints.push(`asked another host: ${url}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
    });
  }

  // What the story provokes on purpose: a refused page is also an error in the browser's console.
  expect(pattern) {
    this.expected.push(pattern);
  }

  async signIn({ login, password, totp_secret_base32: secret }) {
    const { page } = this;
    await page.goto('/sign-in');
    await page.getByLabel('ログイン名').fill(login);
    await page.getByLabel('パスワード').fill(password);
    await page.getByLabel('認証コード').fill(await freshCode(secret));
    await page.getByRole('button', { name: 'ログイン', exact: true }).click();
    await page.waitForURL(`${this.house.address}/`);
  }

  // Before what is grave the house asks once more; just after signing in it does not.
  async proveAgain() {
    const { page } = this;
    if (!page.url().includes('/reauthenticate')) return;
    await page.getByLabel('パスワード').fill(this.account.password);
    await page.getByLabel('認証コード').fill(await freshCode(this.account.totp_secret_base32));
    await page.getByRole('button', { name: '確認する' }).click();
  }

  // Chooses the option whose words hold `part`.
  async choose(label, part) {
    const field = this.page.getByRole('combobox', { name: label });
    const options = await field.getByRole('option').allInnerTexts();
    const wanted = options.find((each) => each.includes(part));
    assert.ok(wanted, `${label} offers ${options}`);
    await field.selectOption({ label: wanted });
  }

  // No violation of WCAG 2.2 A and AA that axe can see.
  async pageIsAccessible() {
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(WCAG).setLegacyMode().analyze();
    const found = violations.map((each) => `${each.id}: ${each.help}\n    ${each.nodes.map((node) => node.html).join('\n    ')}`);
    assert.deepEqual(found, [], `axe on ${this.page.url()}`);
  }

  // Nothing lies beside the window: WCAG 1.4.10.
  async fitsWidth(width) {
    const before = this.page.viewportSize();
    await this.page.setViewportSize({ width, height: 900 });
    const needed = await this.page.evaluate(() => document.documentElement.scrollWidth);
    await this.page.setViewportSize(before);
    assert.ok(needed <= width, `${this.page.url()} needs ${needed} px of ${width}`);
  }

  async screenshot(name) {
    const file = path.join(process.env.AZUKARI_SCREENSHOTS, `${name}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file, fullPage: true });
  }

  async leave() {
    await this.context.close();
    const unexpected = this.complaints.filter((each) => !this.expected.some((pattern) => pattern.test(each)));
    assert.deepEqual(unexpected, []);
  }
}
