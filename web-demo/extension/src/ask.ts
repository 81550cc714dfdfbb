// What pages and the popup ask of the worker, and what it says.

import type { CrnReport, PlanAnswer } from 'kmsguard/crn';

/** How a CRN is: `doubtful` has warnings only. */
export type Standing = 'right' | 'doubtful' | 'wrong';

/** A CRN in a text, at an offset in UTF-16 units. */
export interface Found {
  start: number;
  text: string;
  standing: Standing;
}

export interface ServiceTitle {
  id: string;
  title: string;
}

export interface Questions {
  /** The CRNs in each text. */
  find: { asked: { texts: readonly string[] }; said: Found[][] };
  /** Everything about some CRNs. */
  crn: { asked: { texts: readonly string[] }; said: readonly CrnReport[] };
  plan: { asked: { document: object }; said: PlanAnswer };
  /** Services that take keys; with `target` those that take the keys of that service. */
  services: { asked: { target?: string }; said: ServiceTitle[] };
}

export type Message = { [Question in keyof Questions]: { ask: Question } & Questions[Question]['asked'] }[keyof Questions];

/** What the worker tells a page to do. */
export type Order = { tell: 'inspect'; texts: readonly string[] } | { tell: 'next' };

/** Asks the worker; the browser starts it if it was stopped. */
export async function ask<Question extends keyof Questions>(
  question: Question,
  asked: Questions[Question]['asked'],
): Promise<Questions[Question]['said']> {
  const answer = await chrome.runtime.sendMessage({ ask: question, ...asked });
  if (answer?.failure !== undefined) throw new Error(answer.failure);
  return answer.said;
}
