import { crn, init } from 'kmsguard';
import { crn as crnAlone, init as initAlone } from 'kmsguard/crn';

const text = 'crn:v1:bluemix:public:iam::::role:Viewer';
const now = '2026-11-21T12:00:00Z';
await Promise.all([init(), initAlone()]);
globalThis.result = [crn(text, { now }).outcome, crnAlone(text, { now }).outcome];
