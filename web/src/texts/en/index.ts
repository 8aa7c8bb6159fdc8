import { common } from './common';
import { instances } from './instances';
import { signIn } from './sign-in';
import { tasks } from './tasks';

export const EN = { ...common, signIn, instances, tasks };
