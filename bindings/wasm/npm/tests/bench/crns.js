// Nanoseconds a CRN of `crns`, beside a check of the same depth written by hand in JavaScript.

import { crns } from 'kmsguard/crn';

const COUNT = 100_000;
const RUNS = 15;

const hex = (number, digits) => number.toString(16).padStart(digits, '0');
// Made of pieces, as texts from a file or a network are: each is a text of its own, not one that is repeated.
const texts = Array.from({ length: COUNT }, (_, number) =>
  JSON.parse(
    `"crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-${hex(number, 12)}:key:f6c9f6d0-92f6-437a-b97c-${hex(number * 7, 12)}"`,
  ),
);

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ACCOUNT = /^[0-9a-f]{32}$/;
const WORD = /^[a-z0-9_-]*$/;
const ODD = /[^\x21-\x7e]|["'`<>{}[\]$*?\\%]/;
const CTYPES = new Set(['public', 'dedicated', 'local']);
const REGIONS = new Set(
  'au-syd br-sao ca-mon ca-tor eu-de eu-es eu-fr2 eu-gb in-che in-mum jp-osa jp-tok us-east us-south'.split(' '),
);
const SCOPE = /^(?:(a|o|s|p|sub)\/([^/]+)|global)?$/;

/** What a careful programmer writes: every segment as it is for a key. The kind's number, and the first problem's. */
function byHand(text) {
  const parts = text.split(':');
  if (parts[0] !== 'crn') return [6, 1];
  if (parts.length < 10) return [6, 2];
  if (parts.length > 10) return [6, 3];
  const [, version, cname, ctype, service, location, scope, instance, type, resource] = parts;
  if (ODD.test(text)) return [6, 14];
  const kms = service === 'kms' || service === 'hs-crypto';
  const kind = kms && type === 'key' && resource !== '' ? 0 : type === '' && resource === '' ? (kms ? 1 : 2) : 3;
  if (version !== 'v1') return [kind, 4];
  if (cname !== 'bluemix') return [kind, 5];
  if (!CTYPES.has(ctype)) return [kind, 6];
  if (!WORD.test(service)) return [kind, 7];
  if (!WORD.test(location)) return [kind, 19];
  if (kms && !REGIONS.has(location)) return [kind, 15];
  const owner = SCOPE.exec(scope);
  if (owner === null) return [kind, 8];
  if (owner[1] === 'a' && !ACCOUNT.test(owner[2])) return [kind, 13];
  if (kind < 2 && owner[1] !== 'a') return [kind, 27];
  if (kind < 2 && !GUID.test(instance)) return [kind, 12];
  if (kind === 0 && !GUID.test(resource)) return [kind, 12];
  return [kind, 0];
}

function loop(texts) {
  const kinds = new Uint8Array(texts.length);
  const codes = new Uint16Array(texts.length);
  for (let index = 0; index < texts.length; index++) [kinds[index], codes[index]] = byHand(texts[index]);
  return { kinds, codes };
}

function median(work) {
  const times = Array.from({ length: RUNS }, () => {
    const from = performance.now();
    const { codes } = work(texts);
    if (codes.some(Boolean)) throw new Error('a right CRN was called wrong');
    return performance.now() - from;
  });
  return (times.sort((one, other) => one - other)[RUNS >> 1] * 1e6) / COUNT;
}

// In turns, so that both are warm.
median(loop);
median(crns);
const [theirs, ours] = [median(loop), median(crns)];
console.log(`by hand in JavaScript  ${theirs.toFixed(0)} ns`);
console.log(`crns                   ${ours.toFixed(0)} ns    ${(ours / theirs).toFixed(2)} of it; goal 0.30`);
