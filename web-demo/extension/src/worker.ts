// The only part that holds WebAssembly. It keeps nothing between two questions, so that the browser may stop it at any time.

import { init as initAll, plan } from 'kmsguard';
import { crn, init as initCrn } from 'kmsguard/crn';
import services from 'kmsguard/services.json';
import { partsOf } from './address.js';
import type { Found, Message, Order, Questions } from './ask.js';
import { placeMarks, removeMarks, settleMarks } from './sites.js';

type Answers = { [Question in keyof Questions]: (asked: Questions[Question]['asked']) => Promise<Questions[Question]['said']> };

const answers: Answers = {
  async find({ texts }) {
    // CRNs alone are a small file, and all that pages ask for.
    await initCrn();
    const found: Found[][] = texts.map(() => []);
    for (const { at, input, ok, problems } of crn(texts, { extract: true }).crns) {
      const standing = ok ? (problems.length ? 'doubtful' : 'right') : 'wrong';
      if (at) found[at.text]?.push({ start: at.offset, text: input, standing });
    }
    return found;
  },
  async crn({ texts }) {
    await initCrn();
    return crn(texts).crns;
  },
  async plan({ document }) {
    await initAll();
    return plan(document);
  },
  async services({ target }) {
    const taking = services.filter(({ targets }) => target === undefined || targets.includes(target));
    return taking.map(({ id, title }) => ({ id, title })).sort((first, second) => first.title.localeCompare(second.title, 'en'));
  },
};

chrome.runtime.onMessage.addListener((message: Message, sender, answer) => {
  if (sender.id !== chrome.runtime.id || !Object.hasOwn(answers, message.ask)) return false;
  // Each question has the answer of its own name.
  const asked = answers[message.ask] as (asked: Message) => Promise<unknown>;
  asked(message).then(
    (said) => answer({ said }),
    (error: unknown) => answer({ failure: String(error) }),
  );
  return true;
});

chrome.runtime.onInstalled.addListener(() => {
  chrome.contextMenus.create({ id: 'inspect', title: 'What is this CRN?', contexts: ['selection', 'link'] });
  void settleMarks();
});

chrome.contextMenus.onClicked.addListener(({ selectionText, linkUrl, frameId = 0 }, tab) => {
  const texts = selectionText === undefined ? partsOf(linkUrl ?? '') : [selectionText];
  if (tab?.id !== undefined) void tell(tab.id, frameId, { tell: 'inspect', texts });
});

chrome.commands.onCommand.addListener((command, tab) => {
  if (command === 'next-crn' && tab?.id !== undefined) void tell(tab.id, 0, { tell: 'next' });
});

chrome.permissions.onAdded.addListener(() => void settleMarks());
chrome.permissions.onRemoved.addListener(({ origins = [] }) => void removeMarks(origins));

/** A page that is not marked may be told all the same: a person asked for it there, which the browser takes for a permission. */
async function tell(tabId: number, frameId: number, order: Order): Promise<void> {
  const send = (): Promise<void> => chrome.tabs.sendMessage(tabId, order, { frameId });
  try {
    await send();
  } catch {
    await placeMarks({ tabId, frameIds: [frameId] });
    await send();
  }
}
