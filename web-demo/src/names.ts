// What a resource is called.

import type { Labels } from './worker/questions.js';

/** The name, else the last part of the CRN that is not empty. */
export function shortName(crn: string, labels: Labels): string {
  const named = labels[crn]?.name;
  if (named) return named;
  const parts = crn.split(':').filter((part) => part !== '');
  return parts.at(-1) ?? crn;
}
