// What can be asked about CRNs, over any module that can answer it.

import { misuse } from './errors.js';
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

/** So many texts cross at once: what they make together stays in the cache of the processor. */
const AT_ONCE = 512;

/** A longer buffer is not kept. */
const LARGEST = 1 << 20;

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
    const kinds = new Uint8Array(texts.length);
    const codes = new Uint16Array(texts.length);
    for (let from = 0; from < texts.length; from += AT_ONCE) {
      const [joined, lengths] = join(texts.slice(from, from + AT_ONCE), from);
      const numbers = instance.call((module) => module.crns(encoded(joined), lengths));
      kinds.set(numbers.subarray(0, lengths.length), from);
      codes.set(numbers.subarray(lengths.length), from);
    }
    return { kinds, codes };
  }

  return { crn, parseCrn, isKeyCrn, crns };
}

/** One text crosses into the module much faster than many; a line feed stands between two so that no characters merge. */
function join(texts, first = 0) {
  const lengths = new Uint32Array(texts.length);
  for (let index = 0; index < lengths.length; index++) {
    const text = texts[index];
    if (typeof text !== 'string') throw misuse(new TypeError(`text ${first + index} is not a string`), 'JS003', 'give texts');
    lengths[index] = text.length;
  }
  return [texts.join('\n'), lengths];
}

let buffer = new Uint8Array(0);

/** The UTF-8 of a text, in a buffer that the next call writes over. */
function encoded(text) {
  // A unit of UTF-16 takes three bytes at most.
  if (3 * text.length > LARGEST) return encoder.encode(text);
  if (buffer.length < 3 * text.length) buffer = new Uint8Array(3 * text.length);
  return buffer.subarray(0, encoder.encodeInto(text, buffer).written);
}
