/// <reference types="vite/client" />

declare module 'virtual:theme-tokens.css';

declare module '@carbon/icons/es/*' {
  const icon: import('./icon.js').Icon;
  export default icon;
}

declare module '*?embedded' {
  /** Gzipped, as base64. */
  const packed: string;
  export default packed;
}
