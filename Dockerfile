ARG BASE_IMAGE=node:20-bookworm-slim

FROM ${BASE_IMAGE} AS manifest
WORKDIR /app
# Alone in a layer: dependencies are installed again only when these two change.
COPY package.json package-lock.json ./

FROM manifest AS dependencies
# No install scripts: the service needs none, and one of a dependency's dependencies reports the installation.
RUN npm ci --omit=dev --workspaces=false --ignore-scripts --no-audit --no-fund \
  # Two fifths of the size are source maps and types, which nothing reads at run time.
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM manifest AS build
COPY packages/client/package.json packages/client/
COPY web/package.json web/
# The web console includes the client's sources, and needs its dependencies.
RUN npm ci --workspace web --workspace packages/client --include-workspace-root --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts/bundle.mjs scripts/bundle.mjs
COPY src src
RUN npm run build:service
COPY packages/client/src packages/client/src
COPY web web
# After the service, whose build empties dist.
RUN npm run build --workspace web

FROM ${BASE_IMAGE}
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
# Before VOLUME: a new volume takes its owner from here. The group and others may not read tenants' data.
RUN install --directory --owner=1000 --group=1000 --mode=0700 /data
COPY package.json LICENSE ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
# As a number, so that Kubernetes can check runAsNonRoot.
USER 1000:1000
VOLUME /data
EXPOSE 8081
# The slim image has no curl. /health stays good while the database is away: a restart would not bring it back.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8081}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without a shell or npm between: SIGTERM must reach the service.
CMD ["node", "dist/main.js"]
