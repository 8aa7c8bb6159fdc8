import { setNonce } from 'get-nonce';

const found = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** Lets the page add style elements, which the content security policy otherwise refuses. */
export const NONCE = found;

// Read by react-remove-scroll, which locks the page behind a dialog.
setNonce(NONCE);
