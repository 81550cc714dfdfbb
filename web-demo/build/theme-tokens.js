// Carbon's themes as custom properties: `virtual:theme-tokens.css`. Light is g10, dark is g100.

import * as carbon from '@carbon/themes';

const name = 'virtual:theme-tokens.css';
const groups = ['buttonTokens', 'contentSwitcherTokens', 'notificationTokens', 'statusTokens', 'tagTokens'];

/** Carbon's elements ask for the tokens of the layer they stand on; the page has one layer. */
const layer = [
  ...['layer', 'layer-active', 'layer-background', 'layer-hover', 'layer-selected', 'layer-selected-hover'],
  ...['layer-accent', 'layer-accent-active', 'layer-accent-hover', 'field', 'field-hover'],
  ...['border-strong', 'border-tile', 'border-subtle', 'border-subtle-selected'],
]
  .map((token) => `--cds-${token}:var(--cds-${token}-01);`)
  .join('');

/** The declarations of one theme: its plain values, then those of single components. */
function declarations(theme) {
  const plain = Object.entries(carbon[theme]).filter(([, value]) => typeof value === 'string');
  const components = groups.flatMap((group) => Object.entries(carbon[group])).map(([token, of]) => [token, of[theme]]);
  return [...plain, ...components]
    .filter(([, value]) => typeof value === 'string')
    .map(([token, value]) => `--cds-${carbon.formatTokenName(token)}:${value};`)
    .join('');
}

export function themeTokens() {
  return {
    name: 'theme-tokens',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const dark = `color-scheme:dark;${declarations('g100')}`;
      return [
        `:root{color-scheme:light;${layer}${declarations('g10')}}`,
        `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}`,
        `:root[data-theme=dark]{${dark}}`,
      ].join('\n');
    },
  };
}
