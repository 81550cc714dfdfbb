// What the package, the page and the extension weigh, and how long they take, beside a peer and beside the native command. In one run:
// files, first answers in Node, a large audit in a browser, the page with its example.

import { launch } from '../lib/browser.js';
import { auditInBrowser, auditNatively } from './web/audit.js';
import { firstAnswers } from './web/first-answers.js';
import { pageWithExample } from './web/page.js';
import { sizes } from './web/sizes.js';

/** @param {string} [goal] what is wanted, and whether it is so */
function say(what, figure, goal = '') {
  console.log(`${what.padEnd(52)} ${figure.padStart(12)}   ${goal}`.trimEnd());
}

function judged(wanted, isMet) {
  return `goal ${wanted}: ${isMet ? 'met' : 'MISSED'}`;
}

const milliseconds = (time) => `${time.toFixed(1)} ms`;

for (const { name, raw, gzipped, most } of sizes()) {
  const goal = most === undefined ? '' : judged(`${most.toLocaleString('en')} gzipped`, gzipped <= most);
  say(name, `${gzipped.toLocaleString('en')}`, `gzipped, ${raw.toLocaleString('en')} raw   ${goal}`);
}

const { ours, alone, theirs } = firstAnswers();
say('cedar-wasm: loaded, first decision', milliseconds(theirs));
say('kmsguard: loaded, exports read, first decision', milliseconds(ours), judged('0.50 of it and 15 ms', ours <= theirs / 2 && ours <= 15));
say('  of it', (ours / theirs).toFixed(2));
say('kmsguard/crn: loaded, first CRN', milliseconds(alone));

const browser = await launch();
try {
  const native = auditNatively();
  const { reading, auditing, bytes } = await auditInBrowser(browser);
  const inBrowser = reading + auditing;
  say(`native: ${(bytes / 1e6).toFixed(1)} MB of exports read and audited`, milliseconds(native));
  say('browser: the same in a worker', milliseconds(inBrowser), judged('3.00 of it', inBrowser <= 3 * native));
  say('  of it', (inBrowser / native).toFixed(2), `${milliseconds(reading)} read, ${milliseconds(auditing)} audited`);
  const { ready, shown, longest } = await pageWithExample(browser);
  say('page: it can be used', milliseconds(ready));
  say('page: the example is read and its keys are shown', milliseconds(shown), judged('1,000 ms', shown <= 1000));
  say('page: the longest time that it did not answer', milliseconds(longest));
} finally {
  await browser.close();
}
