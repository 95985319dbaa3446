// 定時の処理: what the house does without being asked, with the ward's witness at the other end of a wire, and without.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { House } from '../house.mjs';

const { AZUKARI_PROGRAM: azukari, AZUKARI_VERIFY: verify } = process.env;

describe('the house by itself', () => {
  let house;
  let witness;
  let file;
  before(async () => {
    house = await House.open();
    await house.stop();
    file = (name) => path.join(house.data, name);
    execFileSync(azukari, ['ledger', 'evidence', '--data', house.data, '--output', file('evidence.zip')]);
    execFileSync('python3', ['-m', 'zipfile', '-e', file('evidence.zip'), file('evidence')]);
    const policy = execFileSync('grep', ['-rhE', '^log ', file('evidence')], { encoding: 'utf8' });
    const key = execFileSync(verify, ['witness', '--new-key', 'ward.example/witness', '--key', file('key')], { encoding: 'utf8' });
    execFileSync(verify, ['witness', '--state', file('state'), '--trust', policy.split('\n')[0].slice(4)]);
    witness = spawn(verify, ['witness', 'serve', '--listen', '127.0.0.1:0', '--key', file('key'), '--state', file('state')]);
    const [said] = await once(witness.stdout, 'data');
    house.configure = (url) => writeFile(file('azukari.toml'), `[ledger]\nwitness = "${key.trim()}"\nwitness_url = "${url}"\n`);
    house.witnessUrl = `http://${/127\.0\.0\.1:\d+/.exec(said.toString())[0]}`;
  });
  after(async () => {
    witness?.kill('SIGTERM');
    await house.close();
  });

  it('says on the home pages of ward and supervisor that the witness is out of reach, and goes on working [K79]', async () => {
    await house.configure('http://127.0.0.1:9'); // nobody answers there
    await house.start(Number(new URL(house.address).port));
    for (let patience = 0; patience < 100 && !house.words.includes('ledger.witness: 失敗'); patience += 1) {
      await new Promise((done) => { setTimeout(done, 100); });
    }
    for (const who of ['ward_officer', 'handling_supervisor', 'handler']) {
      const visitor = await house.person(who);
      await visitor.page.goto('/');
      const told = visitor.page.getByRole('link', { name: /区の証人の連署/ });
      assert.equal(await told.count(), who === 'handler' ? 0 : 1, who);
      if (who === 'ward_officer') {
        await visitor.pageIsAccessible();
        await visitor.screenshot('jobs/home_failing');
        await told.click();
        await visitor.page.getByText('http://127.0.0.1:9/add-checkpoint').waitFor();
        await visitor.pageIsAccessible();
        await visitor.fitsWidth(375);
        await visitor.screenshot('jobs/failing');
      }
      await visitor.leave();
    }
  });

  it('is cosigned by the ward\'s witness as soon as it answers, and the home page is quiet again [K79]', async () => {
    await house.stop();
    await house.configure(house.witnessUrl);
    await house.start(Number(new URL(house.address).port));
    for (let patience = 0; patience < 100 && !house.words.includes('連署しています'); patience += 1) {
      await new Promise((done) => { setTimeout(done, 100); });
    }
    assert.match(house.words, /区の証人は\d+件まで連署しています/);
    const size = /区の証人は(\d+)件/.exec(house.words)[1];
    assert.ok((await readFile(file('state'), 'utf8')).includes(`size ${size}\n`), 'the witness holds what it promised');
    const officer = await house.person('ward_reviewer');
    await officer.page.goto('/jobs');
    assert.equal(await officer.page.getByText('できていません').count(), 0);
    await officer.pageIsAccessible();
    await officer.screenshot('jobs/well');
    await officer.leave();
  });
});
