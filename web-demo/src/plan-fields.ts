// The fields of a request for a plan: which a service has comes from its row of the catalogue, what each is called from here.

import services from 'kmsguard/services.json';

export interface Service {
  id: string;
  title: string;
  fields: readonly string[];
  plans: readonly { name: string; key: string }[];
  regions: readonly string[] | null;
  scopes: readonly string[];
  members: readonly { holds: string }[];
  call: string;
}

/** By their titles. */
export const catalogue: readonly Service[] = [...services].sort((first, second) => first.title.localeCompare(second.title, 'en'));

export interface PlanField {
  /** Its place in the request, as a JSON pointer. */
  pointer: string;
  title: string;
  /** What it is for, where the title does not say it. */
  hint?: string;
  /** `crn` may be cut into its segments, `json` has many lines, `flag` is yes or no. */
  kind: 'text' | 'crn' | 'json' | 'flag';
  /** The only values that there are. */
  choices?: readonly string[];
  /** Values that are known; there may be others. */
  offers?: readonly string[];
  /** Rarely needed: out of sight until it is asked for, or at fault. */
  isRare: boolean;
}

interface Shown extends Omit<PlanField, 'pointer' | 'isRare'> {
  isRare?: boolean;
}

/** The fields in the order of the form. `service` has its own place; `source_account` and `primary` say what `account` and `key` say. */
const order: readonly [string, (service: Service) => Record<string, Shown>][] = [
  ['key', keyFields],
  ['name', () => ({ '/name': { title: 'Name of the deployment', kind: 'text' } })],
  ['scheme', () => ({ '/scheme': { title: 'Scheme', kind: 'text', choices: ['byok', 'kyok'] } })],
  ['location', () => ({ '/location': { title: 'Location of the settings', hint: 'US, EU, or a region', kind: 'text' } })],
  ['region', ({ regions }) => ({ '/region': { title: 'Region', kind: 'text', offers: regions ?? [] } })],
  ['zone', () => ({ '/zone': { title: 'Zone', kind: 'text' } })],
  ['bucket', () => ({ '/bucket': { title: 'Bucket', kind: 'text' } })],
  ['cluster', () => ({ '/cluster': { title: 'Cluster', hint: 'Its name or its id', kind: 'text' } })],
  ['worker_pool', () => ({ '/worker_pool': { title: 'Worker pool', kind: 'text' } })],
  ['integration', () => ({ '/integration': { title: 'Integration', hint: 'Its id', kind: 'text' } })],
  ['resource_group', () => ({ '/resource_group': { title: 'Resource group', hint: 'Its name or its id', kind: 'text' } })],
  ['secondary', secondKeyFields],
  ['backup_key', () => ({ '/backup_key/crn': { title: 'CRN of the key of backups', kind: 'crn', isRare: true } })],
  ['plan', ({ plans }) => ({ '/plan': { title: 'Plan', kind: 'text', offers: plans.map(({ name }) => name), isRare: true } })],
  ['scope', ({ scopes }) => ({ '/scope': { title: 'Scope of the authorization', kind: 'text', choices: scopes, isRare: true } })],
  ['source_instance', sourceInstance],
  ['account', () => ({ '/account': { title: 'Account of the deployment', kind: 'text', isRare: true } })],
  ['parameters', () => ({ '/parameters': { title: 'More parameters', hint: 'A JSON object', kind: 'json', isRare: true } })],
  [
    'allow_end_of_life',
    () => ({ '/allow_end_of_life': { title: 'Also with a KMS that ends soon', kind: 'flag', isRare: true } }),
  ],
];

/** The fields that a service has. */
export function fieldsOf(service: Service): PlanField[] {
  return order
    .filter(([name]) => service.fields.includes(name))
    .flatMap(([, shown]) => Object.entries(shown(service)))
    .map(([pointer, field]) => ({ isRare: false, ...field, pointer }));
}

function keyFields({ fields, members }: Service): Record<string, Shown> {
  const several = fields.includes('secondary');
  const hasEndpoint = several || members.some(({ holds }) => holds === 'endpoint');
  return {
    '/key/crn': { title: 'CRN of the key', kind: 'crn' },
    ...(several ? { '/key/name': { title: 'Name of its KMS instance', kind: 'text' } } : {}),
    ...(hasEndpoint ? { '/key/endpoint': { title: 'Private endpoint of its KMS instance', kind: 'text', isRare: true } } : {}),
  };
}

function secondKeyFields(): Record<string, Shown> {
  return {
    '/secondary/crn': { title: 'CRN of a second key', kind: 'crn', isRare: true },
    '/secondary/name': { title: 'Name of the KMS instance of the second key', kind: 'text', isRare: true },
    '/secondary/endpoint': { title: 'Private endpoint of the second key', kind: 'text', isRare: true },
  };
}

function sourceInstance({ call }: Service): Record<string, Shown> {
  const title = 'Instance of the service';
  return { '/source_instance': { title, hint: 'Its GUID or its CRN', kind: 'text', isRare: call === 'resource-controller' } };
}

/** The request that a filled form makes. What is empty is not said. */
export function documentOf(service: Service, values: ReadonlyMap<string, string>): Record<string, unknown> {
  const document: Record<string, unknown> = { service: service.id };
  for (const { pointer, kind } of fieldsOf(service)) {
    const text = (values.get(pointer) ?? '').trim();
    if (text !== '') put(document, pointer.split('/').slice(1), valueOf(text, kind));
  }
  return document;
}

/** A text that is no JSON goes as it is: the answer says what was expected. */
function valueOf(text: string, kind: PlanField['kind']): unknown {
  if (kind === 'flag') return true;
  if (kind !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function put(object: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) object[name] = value;
  else put((object[name] ??= {}) as Record<string, unknown>, rest, value);
}

/** The field that a place of the request belongs to: itself, what it is in, or what is in it. */
export function fieldAt(fields: readonly PlanField[], place: string | undefined): PlanField | undefined {
  if (!place) return undefined;
  const pointer = place.replace(/^\/primary\b/, '/key');
  const holds = (outer: string, inner: string): boolean => inner === outer || inner.startsWith(`${outer}/`);
  return fields.find((field) => holds(field.pointer, pointer)) ?? fields.find((field) => holds(pointer, field.pointer));
}
