// CRNs as people paste them: one that is right, then the usual mistakes.

const account = 'a/0123456789abcdef0123456789abcdef';
const instance = '44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4';
const key = 'f6c9f6d0-92f6-437a-b97c-4b617cb3d320';

export const sampleKey = `crn:v1:bluemix:public:kms:us-south:${account}:${instance}:key:${key}`;

export const sampleCrns = [
  sampleKey,
  `crn:v1:bluemix:public:hs-crypto:us-south:${account.slice(2)}:${instance}:key:${key}`,
  `"crn:v1:bluemix:public:kms:eu-de:${account}:${instance}:key:${key}",`,
  `crn:v1:bluemix:public:kms:us-suth:${account}:${instance}::`,
  `crn:v1:bluemix:public:kms:us-south:${account}:${instance}:${key}`,
].join('\n');
