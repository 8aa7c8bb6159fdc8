import { common } from './common';
import { create } from './create';
import { consoles } from './console';
import { flavors } from './flavors';
import { forms } from './forms';
import { images } from './images';
import { instance } from './instance';
import { instances } from './instances';
import { operators } from './operators';
import { quotas } from './quotas';
import { signIn } from './sign-in';
import { snapshots } from './snapshots';
import { tasks } from './tasks';
import { usage } from './usage';
import { webhooks } from './webhooks';

export const EN = {
  ...common,
  signIn,
  instances,
  create,
  instance,
  consoles,
  tasks,
  usage,
  forms,
  quotas,
  flavors,
  images,
  snapshots,
  webhooks,
  operators,
};
