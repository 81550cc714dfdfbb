// Milliseconds from nothing loaded to the first answer, each time in a fresh process; medians, in turns.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const RUNS = 21;

const example = (file) => readFileSync(join(process.env.KMSGUARD_ROOT, 'tests/accounts/example', file), 'utf8');
const peer = createRequire(join(process.env.KMSGUARD_PEERS, 'package.json')).resolve('@cedar-policy/cedar-wasm/nodejs');

/** Who may use which key, of the exports of one instance of a KMS. */
const decide = `
  const { Inventory } = await import('kmsguard');
  const { decisions } = Inventory.read(given).authz();
  if (decisions.length === 0) throw new Error('no decision');`;

const parse = `
  const { crn } = await import('kmsguard/crn');
  if (crn(given).crns.length !== 1) throw new Error('no answer');`;

const cedar = `
  const { isAuthorized } = await import(given);
  const entity = (type, id) => ({ type, id });
  const { response } = isAuthorized({
    principal: entity('User', 'alice'), action: entity('Action', 'view'), resource: entity('Photo', 'door'), context: {},
    policies: { staticPolicies: 'permit(principal == User::"alice", action == Action::"view", resource);' }, entities: [],
  });
  if (response.decision !== 'allow') throw new Error('no answer');`;

const runs = {
  ours: [decide, {
    'keys.json': example('kms-production/keys.json'),
    'registrations.json': example('kms-production/registrations.json'),
    'iam-authorizations.json': example('iam-authorizations.json'),
  }],
  alone: [parse, 'crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::'],
  theirs: [cedar, pathToFileURL(peer).href],
};

function once([script, given]) {
  const whole = `const given = ${JSON.stringify(given)}; const from = performance.now(); ${script} process.stdout.write(String(performance.now() - from));`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', whole], { cwd: import.meta.dirname }));
}

/** @returns {{ours: number, alone: number, theirs: number}} */
export function firstAnswers() {
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) for (const [name, what] of Object.entries(runs)) times[name].push(once(what));
  return Object.fromEntries(Object.entries(times).map(([name, taken]) => [name, median(taken)]));
}

export function median(times) {
  return times.toSorted((one, other) => one - other)[times.length >> 1];
}
