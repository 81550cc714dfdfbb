// Problems of a CRN or of a plan, as a list.

import type { Problem } from 'kmsguard/crn';
import { sentence } from '../../src/words.js';
import { element, prose } from './elements.js';

export function problemList(problems: readonly Problem[]): HTMLElement {
  return element('ul', {}, ...problems.map(problem));
}

function problem({ code, severity, message, help, url }: Problem): HTMLElement {
  const page = url && element('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, `More about ${code}`);
  return element(
    'li',
    { class: severity },
    element('strong', {}, ...prose(sentence(message))),
    ' ',
    element('span', { class: 'code' }, code),
    element('p', {}, ...(help ? [...prose(sentence(help)), '. '] : []), page),
  );
}
