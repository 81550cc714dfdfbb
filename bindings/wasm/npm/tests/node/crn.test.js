import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as full from 'kmsguard';
import * as alone from 'kmsguard/crn';

const KEY =
  'crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:' +
  '44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320';
const ROLE = 'crn:v1:bluemix:public:iam::::role:Viewer';
const now = '2026-11-21T12:00:00Z';

for (const [entry, kmsguard] of Object.entries({ kmsguard: full, 'kmsguard/crn': alone })) {
  const { crn, parseCrn, isKeyCrn, crns, crnKinds } = kmsguard;

  test(`${entry}: the answer about one text`, () => {
    const answer = crn(KEY, { require: 'key', now });
    assert.equal(answer.schema_version, 1);
    assert.equal(answer.tool.name, 'kmsguard');
    assert.equal(answer.now, now);
    assert.equal(answer.outcome, 'fine');
    assert.equal(answer.crns.length, 1);
    assert.deepEqual([answer.crns[0].ok, answer.crns[0].kind, answer.crns[0].problems], [true, 'kms-key', []]);
    assert.deepEqual(answer.crns[0].crn.scope, { type: 'account', id: '0123456789abcdef0123456789abcdef' });
  });

  test(`${entry}: many texts, in their order`, () => {
    const answer = crn([ROLE, '', 'a\nb', KEY], { now });
    assert.deepEqual(answer.crns.map((crn) => crn.input), [ROLE, '', 'a\nb', KEY]);
    assert.equal(answer.outcome, 'bad');
    assert.equal(crn([], { now }).outcome, 'empty');
  });

  test(`${entry}: what is required`, () => {
    assert.equal(crn(ROLE, { now }).crns[0].ok, true);
    assert.equal(crn(ROLE, { require: 'key', now }).crns[0].ok, false);
    assert.equal(crn(ROLE, { require: 'instance', now }).outcome, 'bad');
  });

  test(`${entry}: spans count UTF-16 units unless asked otherwise`, () => {
    // One unit in UTF-16 for é, two for the key emoji; two and four bytes in UTF-8.
    const text = 'crn:v1:é🔑:public:kms:us-south:nobody:::';
    const scope = (options) => crn(text, options).crns[0].problems.find((problem) => problem.segment === 'scope').span;
    const start = text.indexOf('nobody');
    assert.deepEqual(scope({ now }), [start, start + 6]);
    assert.deepEqual(scope({ now, encoding: 'utf-16' }), [start, start + 6]);
    assert.deepEqual(scope({ now, encoding: 'utf-8' }), [start + 3, start + 9]);
  });

  test(`${entry}: texts outside of ASCII keep apart`, () => {
    const texts = ['é', '🔑🔑', 'plain', '\u{10ffff}x', KEY];
    assert.deepEqual(crn(texts, { now }).crns.map((crn) => crn.input), texts);
    assert.equal(crns(texts).kinds.length, texts.length);
    assert.equal(crnKinds[crns(texts).kinds[4]], 'kms-key');
    // Half a pair is no character: it is read as the replacement character, and spoils no other text.
    assert.deepEqual(crn(['\ud83d', '\udd11'], { now }).crns.map((crn) => crn.input), ['\ufffd', '\ufffd']);
  });

  test(`${entry}: parseCrn never throws`, () => {
    assert.deepEqual(parseCrn(KEY).ok, true);
    assert.equal(parseCrn(KEY).crn.service_name, 'kms');
    for (const text of ['', 'x', 'crn:v1', '\ud83d', undefined, null, 7, {}, []]) {
      const result = parseCrn(text);
      assert.equal(result.ok, false, String(text));
      assert.ok(result.problems.length > 0);
    }
    assert.equal(parseCrn('?').problems[0].code, 'CRN001');
  });

  test(`${entry}: isKeyCrn`, () => {
    assert.equal(isKeyCrn(KEY), true);
    for (const other of [ROLE, '', 'x', undefined, null, 7, {}]) assert.equal(isKeyCrn(other), false);
  });

  test(`${entry}: crns in columns`, () => {
    const texts = [KEY, ROLE, '?', 'crn:v1:bluemix:public:kms:us-south:a/1', ''];
    const { kinds, codes } = crns(texts);
    assert.ok(kinds instanceof Uint8Array && codes instanceof Uint16Array);
    assert.deepEqual([...codes], [0, 0, 1, 2, 1]);
    const { crns: reports } = crn(texts, { now });
    assert.deepEqual([...kinds].map((kind) => crnKinds[kind]), reports.map((report) => report.kind));
    assert.deepEqual(crns([]), { kinds: new Uint8Array(), codes: new Uint16Array() });
    const many = crns(Array.from({ length: 100_000 }, (_, place) => (place % 2 ? KEY : 'é')));
    assert.equal(many.codes.filter(Boolean).length, 50_000);
  });

  test(`${entry}: every kind has its number`, () => {
    const texts = {
      'kms-key': KEY,
      'kms-instance': 'crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::',
      instance: 'crn:v1:bluemix:public:databases-for-postgresql:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::',
      resource: 'crn:v1:bluemix:public:is:us-south:a/0123456789abcdef0123456789abcdef::volume:r006-1',
      role: ROLE,
      unknown: '?',
    };
    for (const [kind, text] of Object.entries(texts)) assert.equal(crnKinds[crns([text]).kinds[0]], kind);
  });

  test(`${entry}: the moment is stated, in whole seconds of UTC`, () => {
    const stated = (now) => crn(ROLE, { now }).now;
    assert.equal(stated('2026-11-21T12:00:00+02:00'), '2026-11-21T10:00:00Z');
    assert.equal(stated('2026-11-21T12:00:00.987Z'), now);
    assert.equal(stated(new Date('2026-11-21T12:00:00.987Z')), now);
    const before = Math.floor(Date.now() / 1000);
    const clock = Date.parse(crn(ROLE).now) / 1000;
    assert.ok(Number.isInteger(clock) && clock >= before && clock <= Date.now() / 1000);
  });

  test(`${entry}: misuse is an error with a code and help`, () => {
    const misuses = [
      [() => crn(ROLE, { now: 'yesterday' }), 'REQ001'],
      [() => crn(ROLE, { now: '2026-11-21T12:00:00' }), 'REQ001'],
      [() => crn(ROLE, { now: new Date(NaN) }), 'REQ001'],
      [() => crn(ROLE, { require: 'kye', now }), 'REQ007'],
      [() => crn(ROLE, { encoding: 'utf-7', now }), 'REQ007'],
    ];
    for (const [misuse, code] of misuses) {
      assert.throws(misuse, (error) => error instanceof Error && error.code === code && error.help.length > 0);
    }
    assert.throws(() => crn([ROLE, 7]), TypeError);
    assert.throws(() => crns([undefined]), TypeError);
  });
}
