import { common } from './common';
import { consoles } from './console';
import { instance } from './instance';
import { instances } from './instances';
import { signIn } from './sign-in';
import { tasks } from './tasks';

export const EN = { ...common, signIn, instances, instance, consoles, tasks };
