import { crn, init } from './node_modules/kmsguard/index.js';

await init();
globalThis.result = crn('crn:v1:bluemix:public:iam::::role:Viewer', { now: '2026-11-21T12:00:00Z' }).outcome;
