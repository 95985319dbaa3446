// A passkey from its enrolment to its removal, with Chromium's virtual authenticator, and what must not pass for one.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

const ELSEWHERE = 'http://localhost:21299'; // another site of the same name: the browser itself lets it ask

// An authenticator built into this visitor's machine, which knows its owner by a fingerprint.
async function giveAuthenticator(visitor) {
  const cdp = await visitor.context.newCDPSession(visitor.page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    owner: (present) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: present }),
    keys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

async function enrol(page, label) {
  await page.goto('/account/passkey');
  await page.getByLabel('パスキーの名前').fill(label);
  await page.getByRole('button', { name: 'この端末で登録する' }).click();
}

async function signInByPasskey(page) {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'パスキーでログイン' }).click();
}

async function signOut(page) {
  await page.getByRole('button', { name: 'ログアウト' }).click();
  await page.waitForURL(/sign-in/);
}

describe('passkeys', () => {
  let house;
  let visitor;
  let authenticator;
  before(async () => {
    house = await House.open();
    visitor = await house.person('supervisor');
    authenticator = await giveAuthenticator(visitor);
  });
  after(async () => {
    await visitor.leave();
    await house.close();
  });

  it('says what happened when the owner does not confirm, and keeps what was typed [K13]', async () => {
    const { page } = visitor;
    await authenticator.owner(false);
    await enrol(page, '職場のパソコン');
    await page.getByText('パスキーの操作が取り消されたか、時間切れになりました。もう一度お試しください。').waitFor();
    assert.equal(await page.getByLabel('パスキーの名前').inputValue(), '職場のパソコン');
    await page.getByRole('button', { name: 'この端末で登録する' }).and(page.locator(':enabled')).waitFor();
    await visitor.pageIsAccessible();
    await visitor.screenshot('passkeys/cancelled');
    assert.deepEqual(await authenticator.keys(), []);
    await authenticator.owner(true);
  });

  it('asks for a name before it asks the authenticator', async () => {
    const { page } = visitor;
    await enrol(page, '');
    assert.deepEqual(await authenticator.keys(), []);
    assert.equal(new URL(page.url()).pathname, '/account/passkey');
  });

  it('is enrolled under its name, and not twice [K13]', async () => {
    const { page } = visitor;
    await enrol(page, '職場のパソコン');
    await page.getByText('パスキーを登録しました。').waitFor();
    await page.getByRole('table', { name: '登録したパスキー' }).getByText('職場のパソコン').waitFor();
    await visitor.pageIsAccessible();
    await visitor.screenshot('passkeys/enrolled');
    assert.equal((await authenticator.keys()).length, 1);
    await enrol(page, 'もう一度');
    await page.getByText('このパスキーは既に登録されています。').waitFor();
    assert.equal((await authenticator.keys()).length, 1);
  });

  it('opens the door, alone, and leads to where the person wanted to go [K13]', async () => {
    const { page } = visitor;
    await signOut(page);
    await page.goto('/ledger');
    await page.getByRole('button', { name: 'パスキーでログイン' }).click();
    await page.waitForURL(/\/ledger$/);
    await page.getByText(visitor.account.name).first().waitFor();
  });

  it('proves again who one is before what is grave [K13]', async () => {
    const { page } = visitor;
    await page.goto('/reauthenticate?next=/account/totp');
    await visitor.pageIsAccessible();
    await visitor.screenshot('passkeys/reauthenticate');
    await page.getByRole('button', { name: 'パスキー' }).click();
    await page.waitForURL(/\/account\/totp$/);
  });

  it('is refused when the authenticator did not verify its owner, whatever the page asked of it [K13]', async () => {
    const { page } = visitor;
    visitor.expect(/status of 422/);
    await signOut(page);
    await page.route('**/sign-in/passkey', async (route) => {
      if (route.request().method() !== 'GET') return route.continue();
      const question = await (await route.fetch()).json();
      return route.fulfill({ json: { ...question, userVerification: 'discouraged' } });
    });
    await authenticator.owner(false);
    await signInByPasskey(page);
    await page.locator('#errors').getByText('パスキー').waitFor();
    await visitor.pageIsAccessible();
    await visitor.screenshot('passkeys/refused');
    await page.goto('/ledger');
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    await page.unroute('**/sign-in/passkey');
    await authenticator.owner(true);
  });

  it('is refused when another site asked for it, even with a challenge of ours [K13]', async () => {
    const { page } = visitor;
    visitor.expect(/asked another host: http:\/\/localhost:21299/);
    const question = await (await visitor.context.request.get('/sign-in/passkey')).json();
    await page.route(`${ELSEWHERE}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>偽のサイト</title>' }));
    await page.goto(`${ELSEWHERE}/`);
    const answer = await page.evaluate(async ({ challenge, rpId }) => {
      const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
      const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
        .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
      const { rawId, response } = await navigator.credentials.get({
        publicKey: { challenge: toBytes(challenge), rpId, userVerification: 'required' } });
      return { credential: toText(rawId), client_data: toText(response.clientDataJSON),
        authenticator_data: toText(response.authenticatorData), signature: toText(response.signature) };
    }, question);
    await page.goto('/sign-in');
    await page.evaluate((fields) => {
      const form = document.querySelector('[data-passkey] form');
      for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
      form.requestSubmit();
    }, answer);
    await page.locator('#errors').getByText('パスキー').waitFor();
    await page.goto('/ledger');
    assert.equal(new URL(page.url()).pathname, '/sign-in');
  });

  it('is removed, and opens nothing any more [K13]', async () => {
    const { page } = visitor;
    await signInByPasskey(page);
    await page.waitForURL(`${house.address}/`);
    await page.goto('/account');
    await page.getByRole('link', { name: '削除' }).click();
    await visitor.pageIsAccessible();
    await visitor.screenshot('passkeys/removal');
    await page.getByRole('button', { name: '削除する' }).click();
    await page.getByText('パスキーを削除しました。').waitFor();
    await page.getByText('パスキーは登録されていません。').waitFor();
    await signOut(page);
    await signInByPasskey(page);
    await page.locator('#errors').getByText('パスキー').waitFor();
  });

  it('leaves in the ledger who used it and why an answer was refused [K13]', async () => {
    const auditor = await house.person('auditor');
    await auditor.page.goto('/ledger');
    const words = await auditor.page.getByRole('main').innerText();
    for (const told of ['パスキーを登録した', 'パスキーを削除した']) assert.ok(words.includes(told), `${told} is missing:\n${words}`);
    await auditor.leave();
  });

  it('is not offered where the browser has none, and the page of enrolment says so', async () => {
    const without = await house.person('handler');
    const { page } = without;
    await without.context.addInitScript(() => { delete window.PublicKeyCredential; });
    await page.goto('/account/passkey');
    await page.getByText('このブラウザーではパスキーを使えません').waitFor();
    assert.equal(await page.getByRole('button', { name: 'この端末で登録する' }).isVisible(), false);
    await without.pageIsAccessible();
    await page.getByRole('button', { name: 'ログアウト' }).click();
    await page.waitForURL(/sign-in/);
    assert.equal(await page.getByRole('button', { name: 'パスキーでログイン' }).isVisible(), false);
    await without.leave();
  });
});
