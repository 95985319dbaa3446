// Every page that a role can reach by following links: no fault, nothing axe objects to, nothing beside a narrow window.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

const ROLES = ['ward_officer', 'ward_reviewer', 'handling_supervisor', 'handler', 'security_officer', 'auditor'];
const PHONE = 375;
const ZOOMED = 640; // 1280 at 200 %
const EXAMPLES = 2; // pages that differ only in an id or a page number are looked at this often
const PAGES = 120;

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function kindOf(url) {
  const names = [...url.searchParams.keys()].sort().join('&');
  return `${url.pathname.replace(ID, '{id}').replace(/\d+/g, '{n}')}?${names}`;
}

// The links of a page as people can follow them; files are asked for, not opened.
async function linksOf(page) {
  return page.$$eval('a[href]', (links) => links.map((link) => ({ href: link.href, file: link.hasAttribute('download') })));
}

// Looks at one page and returns its links; what is wrong with it goes into `faults`, so that one page hides no other.
async function look(visitor, link, name, faults) {
  const { page } = visitor;
  const probe = await visitor.context.request.get(link.href, { maxRedirects: 0 });
  if (probe.status() === 403) faults.push(`offered, and refused: ${link.href}`);
  else if (probe.status() >= 400) faults.push(`${probe.status()} ${link.href}`);
  if (link.file || !(probe.headers()['content-type'] ?? '').startsWith('text/html')) return [];
  await page.goto(link.href);
  for (const check of [() => visitor.pageIsAccessible(), () => visitor.fitsWidth(PHONE), () => visitor.fitsWidth(ZOOMED)]) {
    await check().catch((fault) => faults.push(fault.message));
  }
  if (name) await visitor.screenshot(name);
  return linksOf(page);
}

describe('every page', () => {
  let house;
  before(async () => { house = await House.open(); });
  after(async () => { await house.close(); });

  it('is accessible before anybody is signed in', async () => {
    const visitor = await house.visitor();
    await visitor.page.goto('/');
    await visitor.pageIsAccessible();
    await visitor.fitsWidth(PHONE);
    await visitor.screenshot('guest/sign_in');
    await visitor.leave();
  });

  for (const role of ROLES) {
    it(`is accessible, narrow enough and without fault for ${role} [K15]`, async () => {
      const visitor = await house.person(role);
      const found = [{ href: `${house.address}/`, file: false }];
      const known = new Set();
      const kinds = new Map();
      const faults = [];
      let looked = 0;
      while (found.length > 0 && looked < PAGES) {
        const link = found.shift();
        const url = new URL(link.href);
        url.hash = '';
        const seen = kinds.get(kindOf(url)) ?? 0;
        if (url.origin !== house.address || known.has(url.href) || seen >= EXAMPLES) continue;
        known.add(url.href);
        kinds.set(kindOf(url), seen + 1);
        looked += 1;
        const name = `${role}/${kindOf(url).replace(/[^a-z{}_-]+/g, '.').replace(/^\.|\.$/g, '') || 'home'}`;
        found.push(...await look(visitor, { ...link, href: url.href }, seen === 0 && name, faults));
      }
      assert.deepEqual(faults, []);
      assert.ok(looked >= 5, `only ${looked} pages were reached`);
      await visitor.leave();
    });
  }
});
