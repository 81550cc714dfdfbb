// The looks of a card, wherever it is: on a page it inherits nothing, so everything is said here. The colours are Carbon's.

export const cardStyles = `
  .card {
    --ground: light-dark(#ffffff, #262626);
    --second: light-dark(#f4f4f4, #393939);
    --ink: light-dark(#161616, #f4f4f4);
    --quiet: light-dark(#525252, #c6c6c6);
    --line: light-dark(#8d8d8d, #6f6f6f);
    --link: light-dark(#0f62fe, #78a9ff);
    --error: light-dark(#da1e28, #fa4d56);
    --warning: light-dark(#8e6a00, #f1c21b);
    --good: light-dark(#198038, #42be65);
    color: var(--ink);
    background: var(--ground);
    font: 13px/1.4 'IBM Plex Sans', system-ui, -apple-system, 'Segoe UI', sans-serif;
    text-align: start;
  }
  .card, .card * { box-sizing: border-box; }
  .card h2 { margin: 0 0 8px; font-size: 14px; font-weight: 600; }
  .card p, .card ul, .card dl, .card dd, .card pre { margin: 0; padding: 0; }
  .card ul { list-style: none; display: grid; gap: 8px; margin-block-end: 8px; }
  .card ul > li { padding-inline-start: 8px; border-inline-start: 3px solid var(--warning); }
  .card ul > li.error { border-color: var(--error); }
  .card li p, .card .label, .card .code { color: var(--quiet); font-size: 12px; }
  .card strong { font-weight: 400; overflow-wrap: anywhere; }
  .card a { color: var(--link); }
  .card dl { display: grid; gap: 2px; margin-block-end: 8px; }
  .card dl > div { display: grid; grid-template-columns: 88px minmax(0, 1fr); gap: 8px; }
  .card dt { color: var(--quiet); font-size: 12px; }
  .card dd, .card pre, .card code { font-family: 'IBM Plex Mono', ui-monospace, Menlo, Consolas, monospace; font-size: 12px; overflow-wrap: anywhere; }
  .card code { background: var(--second); padding: 0 3px; }
  .card pre { padding: 6px 8px; margin-block: 2px 8px; background: var(--second); white-space: pre-wrap; }
  .card mark { background: none; color: inherit; text-decoration: underline wavy var(--error) 1.5px; text-decoration-skip-ink: none; }
  .card mark.warning { text-decoration-color: var(--warning); }
  .card .verdict { font-weight: 400; font-size: 12px; color: var(--good); }
  .card .verdict.wrong { color: var(--error); }
  .card .verdict.doubtful { color: var(--warning); }
  .card .copies { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; margin-block-start: 6px; }
  .card .copies:has(label) { align-items: end; }
  .card label { display: grid; gap: 2px; color: var(--quiet); font-size: 12px; min-width: 0; }
  .card button, .card select {
    min-height: 26px;
    max-width: 100%;
    padding: 2px 8px;
    border: 1px solid var(--line);
    border-radius: 0;
    background: var(--ground);
    color: var(--ink);
    font: inherit;
    font-size: 12px;
    cursor: pointer;
  }
  .card button:hover:enabled { background: var(--second); }
  .card button:disabled { color: var(--line); cursor: default; }
  .card :focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
  .card .said { min-height: 18px; margin-block-start: 4px; color: var(--quiet); font-size: 12px; }
  .card .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
