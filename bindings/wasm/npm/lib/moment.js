// The moment for which a question is answered: what the caller says, else the host's clock, in whole seconds.

import { misuse } from './errors.js';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** @returns seconds since 1970 */
export function unixSeconds(now) {
  if (now === undefined) return Math.floor(Date.now() / 1000);
  const milliseconds = now instanceof Date ? now.getTime() : RFC_3339.test(now) ? Date.parse(now) : NaN;
  if (Number.isNaN(milliseconds)) {
    const help = 'write RFC 3339 with a zone, such as `2026-11-21T12:00:00Z`';
    throw misuse(new Error(`\`${now}\` is not a moment`), 'REQ001', help, typeof now === 'string' ? [0, now.length] : undefined);
  }
  return Math.floor(milliseconds / 1000);
}

/** @returns RFC 3339, whole seconds, UTC */
export function moment(now) {
  return new Date(unixSeconds(now) * 1000).toISOString().replace('.000Z', 'Z');
}
