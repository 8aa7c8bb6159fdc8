import { common } from './common';
import { instances } from './instances';
import { signIn } from './sign-in';
import { tasks } from './tasks';
import { usage } from './usage';

export const EN = { ...common, signIn, instances, tasks, usage };
