// IBM's SDK for Node sends the bodies of the plans to a server on this machine, which writes down what arrives.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

// The packages are installed below the target folder, this file is not.
const require = createRequire(join(process.env.KMSGUARD_CLIENTS, 'node_modules', 'x.js'));
const { BearerTokenAuthenticator } = require('ibm-cloud-sdk-core');
const IamPolicyManagementV1 = require('@ibm-cloud/platform-services/iam-policy-management/v1');
const ResourceControllerV2 = require('@ibm-cloud/platform-services/resource-controller/v2');

const TOKEN = 'the-token-of-the-test';

function camel(name) {
  return name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
}

function options(body) {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [camel(name), value]));
}

const CALLS = {
  [`POST ${IamPolicyManagementV1.DEFAULT_SERVICE_URL}/v1/policies`]: [
    IamPolicyManagementV1,
    (client, body) => client.createPolicy(options(body)),
  ],
  [`POST ${ResourceControllerV2.DEFAULT_SERVICE_URL}/v2/resource_instances`]: [
    ResourceControllerV2,
    (client, body) => client.createResourceInstance(options(body)),
  ],
};

const answers = readFileSync(join(process.env.KMSGUARD_TARGET, 'vectors/answers.jsonl'), 'utf8').trimEnd().split('\n');
const steps = answers
  .map((line) => JSON.parse(line))
  .filter(({ operation }) => operation === 'plan')
  .flatMap(({ case: name, json }) => JSON.parse(json).steps.map((step) => ({ name: `${name} [${step.id}]`, rest: step.rest })))
  .filter(({ rest }) => rest?.body && `${rest.method} ${rest.url}` in CALLS);

let server;
let calls = [];

before(async () => {
  server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const { method, url, headers } = request;
      calls.push({ method, path: url, headers, body: JSON.parse(Buffer.concat(parts).toString()) });
      response.setHeader('Content-Type', 'application/json');
      response.end('{}');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
});

after(() => server.close());

test('every kind of call is among the plans', () => {
  const kinds = new Set(steps.map(({ rest }) => `${rest.method} ${rest.url}`));
  assert.deepEqual([...kinds].sort(), Object.keys(CALLS).sort());
});

for (const { name, rest } of steps) {
  test(`the SDK sends ${name}`, async () => {
    const [Client, send] = CALLS[`${rest.method} ${rest.url}`];
    const authenticator = new BearerTokenAuthenticator({ bearerToken: TOKEN });
    const client = new Client({ authenticator, serviceUrl: `http://127.0.0.1:${server.address().port}` });
    await send(client, rest.body);
    const [arrived] = calls;
    calls = [];
    assert.equal(arrived.method, rest.method);
    assert.equal(Client.DEFAULT_SERVICE_URL + arrived.path, rest.url);
    assert.deepEqual(arrived.body, rest.body);
    assert.equal(arrived.headers.authorization, `Bearer ${TOKEN}`);
  });
}
