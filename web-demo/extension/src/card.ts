// What a CRN is, in a card: kind, segments, problems, the right form, and what can be copied of it.

import type { CrnReport, PlanStep } from 'kmsguard/crn';
import { kindTitle } from '../../src/kinds.js';
import { segmentsOf, type Segment } from '../../src/segments.js';
import { ask } from './ask.js';
import { Copies } from './copies.js';
import { element } from './elements.js';
import { problemList } from './problems.js';

/** The card of a report. */
export function cardOf(report: CrnReport): HTMLElement[] {
  const { kind, problems, fixed } = report;
  const copies = new Copies();
  const right = fixed !== undefined && [
    element('p', { class: 'label' }, 'The right form'),
    element('pre', { tabindex: '0', 'aria-label': 'The right form', role: 'group' }, fixed),
  ];
  const isKey = report.ok && kind === 'kms-key';
  return [
    element('h2', {}, `${kindTitle(kind)} `, element('span', { class: `verdict ${standing(report)}` }, verdict(report))),
    element('dl', {}, ...segmentsOf(report).filter(isTold).map(segment)),
    ...(problems.length ? [problemList(problems)] : []),
    ...(right || []),
    element('div', { class: 'copies', role: 'group', 'aria-label': 'Copy as' }, copyAs(), ...plainCopies(report, copies)),
    ...(isKey ? [authorization(report, copies)] : []),
    copies.status,
  ];
}

function copyAs(): HTMLElement {
  return element('span', { class: 'label', 'aria-hidden': 'true' }, 'Copy as');
}

function plainCopies({ crn, kind, fixed, input }: CrnReport, copies: Copies): HTMLElement[] {
  const instance = crn?.service_instance;
  const made = [copies.button('CRN', input)];
  if (fixed !== undefined) made.unshift(copies.button('Right form', fixed));
  if (kind === 'kms-key' && crn) made.push(copies.button('Key id', crn.resource));
  if (instance) made.push(copies.button(kind.startsWith('kms') ? 'Instance GUID' : 'Instance', instance));
  return made;
}

/** An authorization has two sides, and a key is one of them. */
function authorization({ input, crn }: CrnReport, copies: Copies): HTMLElement {
  const wrong = element('div');
  const select = element('select', { change: () => choose() }, element('option', { value: '' }, 'choose a service'));
  const copy = async (what: string, form: (step: PlanStep) => string | undefined): Promise<void> => {
    const { steps, problems } = await ask('plan', { document: { service: select.value, key: { crn: input } } });
    const step = steps.find(({ id }) => id === 'authorize');
    const errors = problems.filter(({ severity }) => severity === 'error');
    wrong.replaceChildren(...(errors.length ? [problemList(errors)] : []));
    await copies.copy(what, step && form(step));
  };
  const buttons = [
    element('button', { click: () => void copy('Policy', ({ rest }) => rest && JSON.stringify(rest.body, null, 2)) }, 'Policy'),
    element('button', { click: () => void copy('Terraform', ({ terraform }) => terraform) }, 'Terraform'),
  ];
  const choose = (): void => {
    wrong.replaceChildren();
    for (const button of buttons) button.disabled = select.value === '';
  };
  choose();
  void ask('services', { target: crn?.service_name ?? '' }).then((services) =>
    select.append(...services.map(({ id, title }) => element('option', { value: id }, title))),
  );
  const label = element('label', {}, 'Copy the authorization for', select);
  return element('div', { class: 'copies' }, label, ...buttons, wrong);
}

function standing({ ok, problems }: CrnReport): 'right' | 'doubtful' | 'wrong' {
  if (!ok) return 'wrong';
  return problems.length ? 'doubtful' : 'right';
}

function verdict(report: CrnReport): string {
  return { wrong: 'wrong', doubtful: 'doubtful', right: 'nothing is wrong with it' }[standing(report)];
}

/** The first four segments are the same everywhere: they are told only where something is wrong with them. */
function isTold({ title, hue, missing, pieces }: Segment): boolean {
  const isEmpty = pieces.every(({ text, mark }) => text === '' && !mark);
  if (missing || title === undefined) return true;
  return !isEmpty && (hue !== 'gray' || pieces.some(({ mark }) => mark));
}

function segment({ title, missing, pieces }: Segment): HTMLElement {
  const shown = missing ? [{ text: 'missing', mark: 'error' }] : pieces;
  const marked = shown.map(({ text, mark }) => (mark ? element('mark', { class: mark }, text || '\u00a0') : text));
  return element('div', {}, element('dt', {}, title ?? 'text'), element('dd', {}, ...marked));
}
