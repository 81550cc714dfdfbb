import { parentPort } from 'node:worker_threads';
import { crn } from 'kmsguard';

parentPort.postMessage(crn('crn:v1:bluemix:public:iam::::role:Viewer').outcome);
