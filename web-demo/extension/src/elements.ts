// Elements, made one by one. A page may forbid that any text becomes HTML, and a card on it obeys.

type Child = Node | string | false | null | undefined;

interface Attributes {
  class?: string | undefined;
  click?: (event: Event) => void;
  change?: (event: Event) => void;
  [name: string]: string | ((event: Event) => void) | undefined;
}

/** An element with its attributes, those that call something being its listeners; what is false or missing is left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(attribute, value);
    else if (value !== undefined) made.setAttribute(attribute, value);
  }
  made.append(...children.filter((child) => child instanceof Node || (typeof child === 'string' && child !== '')) as (Node | string)[]);
  return made;
}

/** What stands between backticks is code. */
export function prose(text: string): (Node | string)[] {
  return text.split('`').map((part, place) => (place % 2 === 1 ? element('code', {}, part) : part));
}
