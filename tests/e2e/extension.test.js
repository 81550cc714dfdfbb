import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertAccessible, assertNoSideways } from './lib/judge.js';
import { instance, key, keyId, shots, underlined, untilUnderlined, withExtension, withoutPrefix } from './lib/extension.js';

const card = (page) => page.locator('kmsguard-card .card');
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

/** The pointer goes to where a text of the page stands, and rests. */
async function hover(page, text) {
  const { x, y } = await page.evaluate((text) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const start = walker.currentNode.data.indexOf(text);
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, start + 5);
      range.setEnd(walker.currentNode, start + 9);
      const { left, top, height } = range.getBoundingClientRect();
      return { x: left + 2, y: top + height / 2 };
    }
    throw new Error(`no ${text}`);
  }, text);
  await page.mouse.move(x, y);
  await page.mouse.move(x + 1, y);
}

test('wrong CRNs are underlined on the console, right ones are not, and the page stays as it is', () =>
  withExtension(async ({ open }) => {
    const body = `<p id="a">Key ${withoutPrefix}, and ${key}.</p><script type="x">${withoutPrefix}</script><textarea>${withoutPrefix}</textarea>`;
    const page = await open(body);
    await untilUnderlined(page, 1);
    assert.deepEqual(await underlined(page), { wrong: [withoutPrefix], doubtful: [] });
    assert.equal(await page.locator('#a').innerHTML(), `Key ${withoutPrefix}, and ${key}.`);
    assert.equal(await page.locator('kmsguard-card').count(), 0);
  }));

test('places are counted as the page counts them', () =>
  withExtension(async ({ open }) => {
    // An emoji is two UTF-16 units and four bytes.
    const page = await open(`<p>😀😀 é ${withoutPrefix}</p>`);
    await untilUnderlined(page, 1);
    assert.deepEqual((await underlined(page)).wrong, [withoutPrefix]);
  }));

test('a card where the pointer rests: segments, problem, the right form', () =>
  withExtension(async ({ open }) => {
    const page = await open(`<p>Key ${withoutPrefix}</p>`);
    await untilUnderlined(page, 1);
    await hover(page, withoutPrefix);
    await card(page).getByRole('heading', { name: /^A KMS key/ }).waitFor();
    await card(page).getByText('CRN008', { exact: true }).waitFor();
    await page.mouse.move(5, 500);
    await card(page).waitFor({ state: 'hidden' });
    await hover(page, withoutPrefix);
    await card(page).getByText('CRN008', { exact: true }).waitFor();
    assert.equal(await card(page).getByLabel('The right form').textContent(), key);
    await card(page).getByRole('button', { name: 'Right form' }).click();
    await card(page).getByText('Copied: Right form').waitFor();
    assert.equal(await clipboard(page), key);
    await page.screenshot({ path: join(shots, 'extension-card-wrong.png') });
    // Whoever works in the card keeps it.
    await page.mouse.move(5, 500);
    await page.keyboard.press('Escape');
    await card(page).waitFor({ state: 'hidden' });
  }));

test('a key is copied as its id, its instance, a policy and Terraform', () =>
  withExtension(async ({ open }) => {
    const page = await open(`<p>Key ${key}</p><p>${withoutPrefix}</p>`);
    await untilUnderlined(page, 1);
    await hover(page, key);
    for (const [name, text] of [['Key id', keyId], ['Instance GUID', instance], ['CRN', key]]) {
      await card(page).getByRole('button', { name, exact: true }).click();
      await card(page).getByText(`Copied: ${name}`).waitFor();
      assert.equal(await clipboard(page), text);
    }
    assert.equal(await card(page).getByRole('button', { name: 'Policy' }).isDisabled(), true);
    await card(page).getByRole('combobox').selectOption('event-streams-gen2');
    await card(page).getByRole('button', { name: 'Policy' }).click();
    await card(page).getByText('Copied: Policy').waitFor();
    const policy = JSON.parse(await clipboard(page));
    // Event Streams Gen 2, Key Protect integration: Reader and AuthorizationDelegator for messagehub.
    assert.equal(policy.type, 'authorization');
    assert.equal(policy.roles.length, 2);
    assert.ok(JSON.stringify(policy.subjects).includes('messagehub'));
    assert.ok(JSON.stringify(policy.resources).includes(keyId));
    await card(page).getByRole('button', { name: 'Terraform' }).click();
    await card(page).getByText('Copied: Terraform').waitFor();
    assert.match(await clipboard(page), /^resource "ibm_iam_authorization_policy"/m);
    await page.screenshot({ path: join(shots, 'extension-card-key.png') });
  }));

test('inside the elements that a page makes of its own, also those that come later', () =>
  withExtension(async ({ open }) => {
    const page = await open(`<x-cell><template shadowrootmode="open"><p>${withoutPrefix}</p></template></x-cell>`);
    await untilUnderlined(page, 1);
    await page.evaluate((wrong) => {
      const made = document.createElement('x-row');
      made.attachShadow({ mode: 'open' }).append(wrong);
      document.body.append(made);
      document.querySelector('x-cell').shadowRoot.append(wrong);
    }, withoutPrefix);
    await untilUnderlined(page, 3);
    const { x, y, height } = await page.evaluate(() => document.querySelector('x-cell').shadowRoot.querySelector('p').getBoundingClientRect());
    await page.mouse.move(x + 30, y + height / 2);
    await page.mouse.move(x + 31, y + height / 2);
    await card(page).getByText('CRN008', { exact: true }).waitFor();
    await page.screenshot({ path: join(shots, 'extension-shadow.png') });
  }));

test('inside closed elements too, also for what has the focus there', () =>
  withExtension(async ({ open }) => {
    const page = await open('<x-closed></x-closed><p>below</p>');
    await page.evaluate((wrong) => {
      const inside = document.querySelector('x-closed').attachShadow({ mode: 'closed' });
      const inner = document.createElement('x-inner');
      const link = document.createElement('a');
      link.href = '#x';
      link.append(wrong);
      inner.attachShadow({ mode: 'closed' }).append(link);
      inside.append(inner);
      // The page must change for it to be seen that an element has an inside.
      document.querySelector('p').append('!');
      document.body.append(document.querySelector('x-closed'));
    }, withoutPrefix);
    await untilUnderlined(page, 1);
    await page.keyboard.press('Tab');
    await card(page).getByText('CRN008', { exact: true }).waitFor();
  }));

test('a CRN in pieces is one: in bold, with places to break the line, in texts that stand side by side', () =>
  withExtension(async ({ open }) => {
    const [head, tail] = [key.slice(0, 40), key.slice(40)];
    const [wrongHead, wrongTail] = [withoutPrefix.slice(0, 60), withoutPrefix.slice(60)];
    const body = [
      `<p id="right">${head}<b>${tail}</b></p>`,
      `<p id="wrong">Key ${wrongHead}<wbr><!-- a framework puts this here -->${wrongTail}, it says.</p>`,
      `<p id="cut">crn<span>${withoutPrefix.slice(3)}</span></p>`,
    ];
    const page = await open(body.join(''));
    await untilUnderlined(page, 2);
    assert.deepEqual(await underlined(page), { wrong: [withoutPrefix, withoutPrefix], doubtful: [] });
    const { x, y, height } = await page.evaluate(() => document.querySelector('b').getBoundingClientRect());
    for (const step of [4, 5]) await page.mouse.move(x + step, y + height / 2);
    await card(page).getByText('nothing is wrong with it').waitFor();
    // One piece of it changes.
    await page.evaluate(() => (document.querySelector('b').firstChild.data = 'x'));
    await untilUnderlined(page, 3);
    await page.evaluate((tail) => (document.querySelector('b').firstChild.data = tail), tail);
    await untilUnderlined(page, 2);
    // One comes later, and goes.
    await page.evaluate(() => document.querySelector('b').remove());
    await untilUnderlined(page, 3);
    await page.evaluate((tail) => document.querySelector('#right').append(tail), tail);
    await untilUnderlined(page, 2);
  }));

test('what stands apart on the screen is not taken together', () =>
  withExtension(async ({ open }) => {
    const style = 'display: inline-block; margin-right: 20px';
    const body = `<p><span style="${style}">${key}</span><span style="${style}">Active</span></p><p><span style="${style}">${withoutPrefix}</span><span>Active</span></p>`;
    const page = await open(body, 'https://cloud.ibm.com/resources', false);
    await untilUnderlined(page, 1);
    assert.deepEqual(await underlined(page), { wrong: [withoutPrefix], doubtful: [] });
  }));

test('a page that changes all the time is still looked through', () =>
  withExtension(async ({ open }) => {
    const page = await open('<main></main><ol></ol>');
    await page.evaluate((wrong) => {
      const list = document.querySelector('ol');
      // As busy as a page can be: it leaves the browser no idle time, and changes a thousand texts in each frame.
      const storm = () => {
        list.replaceChildren(...Array.from({ length: 1_000 }, (_, row) => `row ${row} `));
        const until = performance.now() + 14;
        while (performance.now() < until);
        globalThis.frame = requestAnimationFrame(storm);
      };
      storm();
      const made = document.createElement('p');
      made.textContent = wrong;
      document.querySelector('main').append(made);
    }, withoutPrefix);
    await untilUnderlined(page, 1);
    await page.evaluate(() => cancelAnimationFrame(globalThis.frame));
  }));

test('a page that changes as it loads: added, changed and taken away', () =>
  withExtension(async ({ open }) => {
    const page = await open('<main></main>');
    await page.evaluate(async ([wrong, right]) => {
      const main = document.querySelector('main');
      for (let row = 0; row < 200; row += 1) {
        const made = document.createElement('p');
        made.textContent = row % 10 === 0 ? wrong : right;
        main.append(made);
        if (row % 20 === 0) await new Promise(requestAnimationFrame);
      }
    }, [withoutPrefix, key]);
    await untilUnderlined(page, 20);
    await page.evaluate((right) => (document.querySelector('p').firstChild.data = right), key);
    await untilUnderlined(page, 19);
    await page.evaluate((wrong) => (document.querySelectorAll('p')[1].firstChild.data = `x ${wrong}`), withoutPrefix);
    await untilUnderlined(page, 20);
    await page.evaluate(() => document.querySelector('main').replaceChildren('nothing'));
    await untilUnderlined(page, 0);
  }));

test('of a long page only texts that may hold a CRN are asked about, each once', () =>
  withExtension(async ({ open, worker }) => {
    await worker.evaluate(() => {
      globalThis.asked = [];
      chrome.runtime.onMessage.addListener(({ ask, texts }) => {
        if (ask === 'find') globalThis.asked.push(texts);
        return false;
      });
    });
    const crnAt = (row) => `${withoutPrefix.slice(0, -4)}${String(row).padStart(4, '0')}`;
    const rows = Array.from({ length: 20_000 }, (_, row) => `<li>${row % 50 ? `resource ${row}` : crnAt(row / 50)}</li>`);
    const page = await open(`<ul>${rows.join('')}</ul>`);
    await untilUnderlined(page, 400);
    await page.evaluate(() => document.body.append(document.querySelector('ul').cloneNode(true)));
    await untilUnderlined(page, 800);
    const asked = await worker.evaluate(() => globalThis.asked);
    assert.deepEqual(asked.flat().sort(), Array.from({ length: 400 }, (_, row) => crnAt(row)).sort());
    assert.ok(asked.every((texts) => texts.length <= 100));
  }));

test('the worker may be stopped: the next question starts it again', () =>
  withExtension(async ({ open, worker, context, address }) => {
    const page = await open(`<p>${withoutPrefix}</p>`);
    await untilUnderlined(page, 1);
    await worker.evaluate(() => (globalThis.isFirst = true));
    const inside = await context.newPage();
    await inside.goto(`${address}manifest.json`);
    const session = await context.newCDPSession(inside);
    const stopped = new Promise((resolve) =>
      session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) resolve();
      }),
    );
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    await stopped;
    await page.evaluate((wrong) => (document.querySelector('p').firstChild.data = `again ${wrong}`), withoutPrefix);
    await untilUnderlined(page, 1);
    assert.equal(await worker.evaluate(() => globalThis.isFirst), undefined);
    await hover(page, withoutPrefix);
    await card(page).getByText('CRN008', { exact: true }).waitFor();
  }));

test('by the keyboard: what has the focus has a card, and Escape closes it', () =>
  withExtension(async ({ open }) => {
    const page = await open(`<a href="#x">${withoutPrefix}</a><input aria-label="CRN" value="${key}"><input type="password" value="${key}">`);
    await untilUnderlined(page, 1);
    await page.keyboard.press('Tab');
    await card(page).getByText('CRN008', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await card(page).waitFor({ state: 'hidden' });
    await page.keyboard.press('Tab');
    await card(page).getByText('nothing is wrong with it').waitFor();
    await page.keyboard.press('Tab');
    await card(page).waitFor({ state: 'hidden' });
  }));

test('the shortcut goes from CRN to CRN, and the card takes the focus and gives it back', () =>
  withExtension(async ({ open, worker }) => {
    const page = await open(`<button>A</button><p>${withoutPrefix}</p><p>${key}</p>`);
    await untilUnderlined(page, 1);
    await page.getByRole('button', { name: 'A' }).focus();
    const next = () => worker.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true });
      await chrome.tabs.sendMessage(tab.id, { tell: 'next' }, { frameId: 0 });
    });
    await next();
    await card(page).getByText('CRN008', { exact: true }).waitFor();
    await next();
    await card(page).getByText('nothing is wrong with it').waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.localName), 'kmsguard-card');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'A');
  }));

test('what is selected is inspected, also what is no CRN', () =>
  withExtension(async ({ open, worker }) => {
    const page = await open(`<p>some words</p>`);
    await page.waitForTimeout(500);
    const inspect = (text) => worker.evaluate(async (text) => {
      const [tab] = await chrome.tabs.query({ active: true });
      await chrome.tabs.sendMessage(tab.id, { tell: 'inspect', texts: [text] }, { frameId: 0 });
    }, text);
    await inspect(`look at ${key}, please`);
    await card(page).getByText('nothing is wrong with it').waitFor();
    await inspect('some words');
    await card(page).getByText('wrong', { exact: true }).waitFor();
  }));

test('a CRN in the address of a link, as the console writes it', () =>
  withExtension(async ({ open, worker }) => {
    const page = await open(`<p>${withoutPrefix}</p>`);
    await untilUnderlined(page, 1);
    const address = `https://cloud.ibm.com/services/kms/${encodeURIComponent(`${key.split(':key:')[0]}::`)}?paneId=manage`;
    await worker.evaluate(async (linkUrl) => {
      const [tab] = await chrome.tabs.query({ active: true });
      chrome.contextMenus.onClicked.dispatch({ menuItemId: 'inspect', linkUrl, frameId: 0 }, tab);
    }, address);
    await card(page).getByRole('heading', { name: /^A KMS instance/ }).waitFor();
    await card(page).getByText('nothing is wrong with it').waitFor();
  }));

test('other sites are left alone, and their pages ask nothing', () =>
  withExtension(async ({ open }) => {
    const page = await open(`<p>${withoutPrefix}</p>`, 'https://example.com/');
    await page.waitForTimeout(1_000);
    assert.equal(await page.evaluate(() => CSS.highlights.size), 0);
  }));

test('a site that a person allowed is marked, until it no longer is', () =>
  withExtension(async ({ open, worker }) => {
    await worker.evaluate(async () => {
      while ((await chrome.scripting.getRegisteredContentScripts()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    });
    const page = await open(`<p>${withoutPrefix}</p>`, 'https://example.com/');
    await untilUnderlined(page, 1);
    await worker.evaluate(async () => {
      chrome.permissions.onRemoved.dispatch({ origins: ['https://example.com/*'] });
      while ((await chrome.scripting.getRegisteredContentScripts()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    });
    const next = await open(`<p>${withoutPrefix}</p>`, 'https://example.com/next');
    await next.waitForTimeout(1_000);
    assert.equal(await next.evaluate(() => CSS.highlights.size), 0);
  }, ['https://example.com/*']));

for (const colorScheme of ['light', 'dark']) {
  test(`popup and card, ${colorScheme}: accessible`, () =>
    withExtension(async ({ open, context, address }) => {
      const popup = await context.newPage();
      await popup.emulateMedia({ colorScheme });
      await popup.setViewportSize({ width: 440, height: 600 });
      await popup.goto(`${address}popup.html`);
      await popup.getByRole('textbox').fill(`${withoutPrefix}\n${key}`);
      await popup.getByRole('combobox', { name: 'Plan for' }).selectOption('event-streams-gen2');
      await popup.getByLabel('Step 5').waitFor();
      await popup.screenshot({ path: join(shots, `extension-popup-${colorScheme}.png`), fullPage: true });
      await assertNoSideways(popup);
      await assertAccessible(popup);
      const page = await open(`<main><h1>Keys</h1><p>${withoutPrefix} and ${key}</p></main>`, 'https://cloud.ibm.com/keys', false);
      await page.emulateMedia({ colorScheme });
      for (const [name, text] of [['wrong', withoutPrefix], ['key', key]]) {
        await untilUnderlined(page, 1);
        await hover(page, text);
        await card(page).getByRole('button', { name: 'CRN', exact: true }).waitFor();
        await page.screenshot({ path: join(shots, `extension-${name}-${colorScheme}.png`) });
        await assertAccessible(page);
        await page.mouse.move(5, 600);
        await card(page).waitFor({ state: 'hidden' });
      }
    }));
}

test('the popup: a CRN, a plan for it, the page for accounts', () =>
  withExtension(async ({ context, address }) => {
    const popup = await context.newPage();
    await popup.goto(`${address}popup.html`);
    await popup.getByRole('textbox').fill(`${withoutPrefix}\n${key}`);
    await popup.getByText('CRN008', { exact: true }).waitFor();
    await popup.getByRole('combobox', { name: 'Plan for' }).selectOption('event-streams-gen2');
    await popup.getByLabel('Step 5').waitFor();
    assert.equal(await popup.locator('#plan ol > li').count(), 5);
    await popup.getByRole('combobox', { name: 'as', exact: true }).selectOption('terraform');
    await popup.getByLabel('Step 2').filter({ hasText: 'ibm_iam_authorization_policy' }).waitFor();
    await popup.screenshot({ path: join(shots, 'extension-popup.png'), fullPage: true });
    const [page] = await Promise.all([
      context.waitForEvent('page'),
      popup.getByRole('button', { name: 'Open the page for accounts' }).click(),
    ]);
    await page.getByRole('button', { name: 'Load the example' }).click();
    await page.locator('key-table summary').first().waitFor();
    assert.ok(page.url().startsWith(address));
  }));

test('no more is asked of a person than is needed, and nothing from afar can run', () => {
  const manifest = JSON.parse(readFileSync(join(process.env.KMSGUARD_EXTENSION, 'manifest.json'), 'utf8'));
  assert.deepEqual(manifest.permissions, ['activeTab', 'contextMenus', 'scripting']);
  assert.equal(manifest.host_permissions, undefined);
  assert.equal(manifest.web_accessible_resources, undefined);
  assert.equal(manifest.externally_connectable, undefined);
  assert.deepEqual(manifest.content_scripts.map(({ matches }) => matches), [['https://cloud.ibm.com/*']]);
  const policy = manifest.content_security_policy.extension_pages;
  assert.match(policy, /(^|; )connect-src 'self'(;|$)/);
  assert.match(policy, /(^|; )script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  assert.match(policy, /^default-src 'none'/);
  for (const script of ['content.js', 'popup.js']) {
    assert.doesNotMatch(readFileSync(join(process.env.KMSGUARD_EXTENSION, script), 'utf8'), /WebAssembly/);
  }
});
