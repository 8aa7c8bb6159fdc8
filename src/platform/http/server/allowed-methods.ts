import type { Request } from 'express';

/** The methods that the application's routes accept for the request's path; empty for an unknown path. */
export function allowedMethods({ app, path }: Request): readonly string[] {
  const methods = new Set<string>();
  for (const layer of app.router.stack) {
    if (!layer.route || !matches(layer, path)) continue;
    for (const { method } of layer.route.stack) if (method) methods.add(method.toUpperCase());
  }
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}

/** Uses Express's `match`, which its types omit; it throws if the path cannot be decoded. */
function matches(layer: object, path: string): boolean {
  if (!('match' in layer) || typeof layer.match !== 'function') return false;
  try {
    return Boolean(Reflect.apply(layer.match, layer, [path]));
  } catch {
    return false;
  }
}
