import { constants, brotliCompressSync, gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const SERVICE = process.env.COMPUTE_URL ?? 'http://127.0.0.1:8081';
const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Writes `.br` and `.gz` beside each text asset, so that the service compresses nothing while it serves them. */
function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    generateBundle: {
      // After Vite has put the names of lazily loaded files into the code.
      order: 'post',
      handler(_, bundle) {
        for (const [fileName, output] of Object.entries(bundle)) {
          if (!/\.(js|css|svg)$/.test(fileName)) continue;
          const source = Buffer.from(output.type === 'chunk' ? output.code : output.source);
          const brotli = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: source.length } };
          this.emitFile({
            type: 'asset',
            fileName: `${fileName}.br`,
            source: brotliCompressSync(source, brotli),
          });
          this.emitFile({
            type: 'asset',
            fileName: `${fileName}.gz`,
            source: gzipSync(source, { level: 9 }),
          });
        }
      },
    },
  };
}

export default defineConfig({
  base: '/console/',
  plugins: [react(), precompressed()],
  resolve: { alias: { 'uim-compute-client': pathOf('../packages/client/src/index.ts') } },
  build: {
    outDir: pathOf('../dist/console'),
    emptyOutDir: true,
    // Data URLs in styles would need an exception in the content security policy.
    assetsInlineLimit: 0,
    target: 'es2022',
    // The script of the first screen, in KB before compression.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        // One script for the first screen: browsers request only six files of an HTTP/1.1 server at once.
        codeSplitting: { groups: [{ name: 'first-screen', tags: ['$initial'] }] },
      },
    },
  },
  server: { proxy: { '/api': SERVICE, '/health': SERVICE, '/console/settings.json': SERVICE } },
});
