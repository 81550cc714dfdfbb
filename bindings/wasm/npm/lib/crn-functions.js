// What can be asked about CRNs, over any module that can answer it.

import { unixSeconds } from './moment.js';

/** The names of the kinds, in the order of their numbers in `crns()`. */
export const crnKinds = Object.freeze([
  'kms-key',
  'kms-instance',
  'instance',
  'resource',
  'role',
  'endpoint',
  'unknown',
]);

const encoder = new TextEncoder();

export function crnFunctions(instance) {
  function crn(texts, { require = 'any', encoding = 'utf-16', extract = false, now } = {}) {
    const seconds = unixSeconds(now);
    const [joined, lengths] = join(Array.isArray(texts) ? texts : [texts]);
    return JSON.parse(instance.call((module) => module.crn(joined, lengths, require, encoding, extract, seconds)));
  }

  function parseCrn(text) {
    const report = crn(String(text)).crns[0];
    const problems = report.problems;
    return report.crn !== null && report.ok ? { ok: true, crn: report.crn } : { ok: false, problems };
  }

  function isKeyCrn(text) {
    return typeof text === 'string' && instance.call((module) => module.isKeyCrn(text));
  }

  function crns(texts) {
    const [joined, lengths] = join(texts);
    const numbers = instance.call((module) => module.crns(encoder.encode(joined), lengths));
    return { kinds: Uint8Array.from(numbers.subarray(0, lengths.length)), codes: numbers.slice(lengths.length) };
  }

  return { crn, parseCrn, isKeyCrn, crns };
}

/** One text crosses into the module much faster than many; a line feed stands between two so that no characters merge. */
function join(texts) {
  const lengths = new Uint32Array(texts.length);
  for (let index = 0; index < lengths.length; index++) {
    const text = texts[index];
    if (typeof text !== 'string') throw new TypeError(`text ${index} is not a string`);
    lengths[index] = text.length;
  }
  return [texts.join('\n'), lengths];
}
