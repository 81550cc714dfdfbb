import kmsguard = require('kmsguard');
import alone = require('kmsguard/crn');
import node = require('kmsguard/node');

export const outcome: string = kmsguard.crn('a').outcome;
export const same: boolean = alone.isKeyCrn('a');
export const found = kmsguard.Inventory.read(node.readPaths('folder')).audit();
