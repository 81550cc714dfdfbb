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

declare module '*?script' {
  /** The file that holds the same. */
  export const name: string;
  /** The script. */
  const code: string;
  export default code;
}
