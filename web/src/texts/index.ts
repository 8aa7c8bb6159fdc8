import { EN } from './en';

/** Every text of the console. Another language is another object of this type. */
export type Texts = typeof EN;

export const texts: Texts = EN;
