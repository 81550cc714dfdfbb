// The part of the popup that plans: a service for a key, and the steps in the form that is wanted.

import type { PlanAnswer } from 'kmsguard/crn';
import { forms, stepAs, type Form } from '../../src/plan-forms.js';
import { sentence } from '../../src/words.js';
import { ask } from './ask.js';
import { Copies } from './copies.js';
import { element, prose } from './elements.js';
import { problemList } from './problems.js';

export class PlanPart {
  readonly #place: HTMLElement;
  readonly #service = element('select', { change: () => void this.#ask() }, element('option', { value: '' }, 'choose a service'));
  readonly #form = element(
    'select',
    { change: () => this.#draw() },
    ...forms.map(({ value, title }) => element('option', { value }, title)),
  );
  readonly #steps = element('div');
  readonly #copies = new Copies();
  #key: string | undefined;
  #answer: PlanAnswer | undefined;

  /** @param place what it is drawn into */
  constructor(place: HTMLElement) {
    this.#place = place;
  }

  /** Plans can be made for this key; without one there is nothing to plan. */
  offer(key: string | undefined): void {
    this.#key = key;
    if (key === undefined) return this.#place.replaceChildren();
    if (this.#service.options.length === 1) void this.#fill();
    const choices = element('div', { class: 'copies' }, labelled('Plan for', this.#service), labelled('as', this.#form));
    this.#place.replaceChildren(choices, this.#steps, this.#copies.status);
    void this.#ask();
  }

  async #fill(): Promise<void> {
    const services = await ask('services', {});
    if (this.#service.options.length > 1) return;
    this.#service.append(...services.map(({ id, title }) => element('option', { value: id }, title)));
  }

  async #ask(): Promise<void> {
    const [key, service] = [this.#key, this.#service.value];
    const answer = key && service ? await ask('plan', { document: { service, key: { crn: key } } }) : undefined;
    // Something else may have been asked since.
    if (key !== this.#key || service !== this.#service.value) return;
    this.#answer = answer;
    this.#draw();
  }

  #draw(): void {
    const { steps = [], problems = [] } = this.#answer ?? {};
    const items = steps.map((step, place) => {
      const text = stepAs(this.#form.value as Form, step);
      const name = `Step ${place + 1}`;
      const box = text !== '' && [
        element('pre', { tabindex: '0', role: 'group', 'aria-label': name }, text),
        element('button', { click: () => void this.#copies.copy(name, text) }, `Copy step ${place + 1}`),
      ];
      return element('li', {}, ...prose(sentence(step.title)), ...(box || []));
    });
    this.#steps.replaceChildren(...(problems.length ? [problemList(problems)] : []), ...(items.length ? [element('ol', {}, ...items)] : []));
  }
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  return element('label', {}, text, control);
}
