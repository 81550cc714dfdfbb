// The popup: CRNs, a plan for a key among them, and the ways to the page and to other sites.

import { partsOf } from './address.js';
import { ask } from './ask.js';
import { cardOf } from './card.js';
import { cardStyles } from './card-styles.js';
import { element } from './elements.js';
import { PlanPart } from './plan-part.js';
import { placeMarks } from './sites.js';

/** More cards than this are for the page. */
const shownAtOnce = 10;

const byId = <Element extends HTMLElement>(id: string): Element => document.getElementById(id) as Element;
const crns = byId<HTMLTextAreaElement>('crns');
const reports = byId('reports');
const site = byId<HTMLButtonElement>('site');
const plan = new PlanPart(byId('plan'));

const sheet = new CSSStyleSheet();
sheet.replaceSync(cardStyles);
document.adoptedStyleSheets.push(sheet);

crns.addEventListener('input', () => void look());
byId('page').addEventListener('click', () => openPage());
void begin();

/** With the CRN in the address of the tab, where there is one: many pages of the console have it there. */
async function begin(): Promise<void> {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  crns.focus();
  if (tab) await offerSite(tab);
  const [first] = (await ask('find', { texts: partsOf(tab?.url ?? '') })).flat();
  if (crns.value === '' && first) {
    crns.value = first.text;
    await look();
  }
}

async function look(): Promise<void> {
  const asked = crns.value;
  const lines = asked.split('\n').map((line) => line.trim());
  const texts = lines.filter((line) => line !== '').slice(0, shownAtOnce);
  const answered = texts.length ? await ask('crn', { texts }) : [];
  // Who types fast has asked something else since.
  if (crns.value !== asked) return;
  reports.replaceChildren(...answered.map((report) => element('article', {}, ...cardOf(report))));
  plan.offer(answered.find(({ ok, kind }) => ok && kind === 'kms-key')?.input);
}

function openPage(): void {
  void chrome.tabs.create({ url: chrome.runtime.getURL('page/index.html#account') });
  close();
}

/** A site is marked only where a person wants it. */
async function offerSite({ id, url }: chrome.tabs.Tab): Promise<void> {
  const address = url ? new URL(url) : undefined;
  if (address?.protocol !== 'https:' || id === undefined) return;
  const origins = [`${address.origin}/*`];
  const always = chrome.runtime.getManifest().content_scripts?.[0]?.matches ?? [];
  if (origins.every((origin) => always.includes(origin))) return;
  const say = async (): Promise<void> => {
    const isAllowed = await chrome.permissions.contains({ origins });
    site.textContent = isAllowed ? `No longer mark ${address.host}` : `Mark CRNs on ${address.host} too`;
    site.hidden = false;
  };
  site.addEventListener('click', async () => {
    // First of all, for the browser asks a person only as the answer to a click.
    if (site.textContent?.startsWith('Mark') && (await chrome.permissions.request({ origins }))) {
      await placeMarks({ tabId: id, allFrames: true });
    } else {
      await chrome.permissions.remove({ origins });
    }
    await say();
  });
  await say();
}
