// A folder of exports, read and audited: by the native command, and by a worker in a browser that is given the files as files.

import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { resultOf } from '../../lib/browser.js';
import { serve } from '../../lib/site.js';
import { median } from './first-answers.js';

const RUNS = 7;
const { KMSGUARD_NATIVE: native, KMSGUARD_ACCOUNT: account } = process.env;

function exports() {
  const entries = readdirSync(account, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => join(parentPath, name).slice(account.length + 1).replaceAll('\\', '/'));
}

/** The whole command: it starts, reads, audits, and writes the answer. */
export function auditNatively() {
  const audit = () => {
    const from = performance.now();
    execFileSync(native, ['audit', account, '--output-format', 'json', '--exit-zero', '--keep-going', '--no-config'], { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });
    return performance.now() - from;
  };
  audit();
  return median(Array.from({ length: RUNS }, audit));
}

const pages = {
  '/page.html': '<!doctype html><script type="module" src="/page.js"></script>',
  '/page.js': `
    const names = await (await fetch('/files.json')).json();
    const files = await Promise.all(names.map(async (name) => ({ name, blob: await (await fetch('/account/' + name)).blob() })));
    const worker = new Worker('/worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => { globalThis.result = data; };
    worker.postMessage(files);`,
  '/worker.js': `
    import { init, Inventory } from '/kmsguard/index.js';
    onmessage = async ({ data: files }) => {
      await init();
      const times = [];
      for (let run = 0; run <= ${RUNS}; run += 1) {
        const from = performance.now();
        const sources = await Promise.all(files.map(async ({ name, blob }) => ({ name, named: false, data: new Uint8Array(await blob.arrayBuffer()) })));
        const inventory = Inventory.read(sources);
        const read = performance.now();
        const { findings } = inventory.audit();
        times.push({ reading: read - from, auditing: performance.now() - read, findings: findings.length });
        inventory.free();
      }
      postMessage(times.slice(1));
    };`,
  '/favicon.ico': '',
};

export async function auditInBrowser(browser) {
  const names = exports();
  const folders = { '/kmsguard/': join(import.meta.dirname, '../../node_modules/kmsguard'), '/account/': account };
  const site = await serve(folders, { ...pages, '/files.json': JSON.stringify(names) });
  try {
    const times = await resultOf(browser, `${site.address}/page.html`);
    if (times.some(({ findings }) => findings === 0)) throw new Error('the account has faults, and none was found');
    const bytes = names.reduce((sum, name) => sum + statSync(join(account, name)).size, 0);
    return { reading: median(times.map(({ reading }) => reading)), auditing: median(times.map(({ auditing }) => auditing)), bytes };
  } finally {
    await site.close();
  }
}
