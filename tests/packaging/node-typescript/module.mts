import { crn, crns, init, Inventory, isKeyCrn, parseCrn, type Source } from 'kmsguard';
import { crn as crnAlone } from 'kmsguard/crn';
import { readPaths } from 'kmsguard/node';
import { init as initSlim } from 'kmsguard/slim';
import { run, type Host } from 'kmsguard/cli';

const answer = crn(['a', 'b'], { require: 'key', now: new Date(), encoding: 'utf-8' });
export const problems = crnAlone('a').crns;
export const outcome: string = answer.outcome;
export const codes: Uint16Array = crns(['a']).codes;
export const key: boolean = isKeyCrn('a');

const parsed = parseCrn('a');
export const said = parsed.ok ? parsed.crn : parsed.problems;

const sources: Source[] = [{ data: { resources: [] } }, { name: 'a.json', data: '[]' }, ...readPaths(['folder'])];
const inventory = Inventory.read(sources);
export const found = inventory.audit({ now: '2026-11-21T12:00:00Z' });
export const kept = inventory.inventory({ keep_going: true }).outcome;
// @ts-expect-error snake_case, as in every language
inventory.audit({ keepGoing: true });
inventory.free();
Inventory.read({ 'a.json': new Uint8Array(), 'b.json': '[]', 'c.json': [] });

export const code: number = run(['--version']);
export const withHost = (host: Host): number => run(['audit', '-'], host);

await init();
await initSlim(new Uint8Array());

// @ts-expect-error no such purpose
crn('a', { require: 'door' });
// @ts-expect-error slim needs bytes
await initSlim();
