const { crn, Inventory, isKeyCrn } = require('kmsguard');
const { crn: crnAlone } = require('kmsguard/crn');
const { readPaths } = require('kmsguard/node');

const text = 'crn:v1:bluemix:public:iam::::role:Viewer';
const now = '2026-11-21T12:00:00Z';
const same = JSON.stringify(crn(text, { now })) === JSON.stringify(crnAlone(text, { now }));
const parts = [typeof Inventory.read, typeof readPaths, isKeyCrn(text), same];
console.log(JSON.stringify({ outcome: crn(text, { now }).outcome, parts }));
