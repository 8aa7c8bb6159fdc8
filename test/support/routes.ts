import { HttpAdapterHost } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';

interface Layer {
  readonly route?: { readonly path: string | RegExp; readonly methods: Readonly<Record<string, boolean>> };
}

/** All routes registered in Express, as `GET /path/{parameter}`. */
export function registeredRoutes(app: NestExpressApplication): readonly string[] {
  const { router } = app
    .get(HttpAdapterHost)
    .httpAdapter.getInstance<{ readonly router: { readonly stack: readonly Layer[] } }>();
  return router.stack.flatMap(({ route }) => {
    if (!route) return [];
    const path = String(route.path).replaceAll(/:(\w+)/g, '{$1}');
    return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${path}`);
  });
}
