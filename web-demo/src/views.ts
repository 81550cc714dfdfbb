// The views of the page, in the order of their tabs. A new view is one line here and one element.

import { html, type TemplateResult } from 'lit';
import type { Account } from './account.js';
import './crn-view.js';
import './account-view.js';
import './plan-view.js';

export interface View {
  /** Also what stands behind `#` in the address. */
  id: string;
  title: string;
  content: (account: Account) => TemplateResult;
}

export const views: readonly View[] = [
  { id: 'crn', title: 'CRN', content: () => html`<crn-view></crn-view>` },
  { id: 'plan', title: 'Plan', content: (account) => html`<plan-view .account=${account}></plan-view>` },
  { id: 'account', title: 'Account', content: (account) => html`<account-view .account=${account}></account-view>` },
];
