import { Database } from '../../src/platform/database';
import { startApp, type TestApp } from './app';
import { Client } from './client';
import { AnswerRecorder } from './documented';
import { miscounted } from './ledger';
import { Platform } from './platform';

export interface SuitePlatform {
  readonly platform: Platform;
  readonly app: TestApp;
  as(tenantId: string): Client;
}

/**
 * Starts an application with real platform services for the calling suite. Afterwards checks that the OpenAPI document
 * lists every status that it answered with, and that the quota counters match a recount.
 */
export function usePlatform(environment: Readonly<Record<string, string>> = {}): SuitePlatform {
  let started: { platform: Platform; app: TestApp; recorder: AnswerRecorder } | undefined;
  const running = (): { platform: Platform; app: TestApp; recorder: AnswerRecorder } => {
    if (!started) throw new Error('the application does not run yet');
    return started;
  };
  beforeAll(async () => {
    const platform = await Platform.start();
    const app = await startApp({ environment: { ...platform.environment, ...environment } });
    started = { platform, app, recorder: new AnswerRecorder(app.server) };
  });
  afterAll(async () => {
    const { platform, app, recorder } = running();
    await platform.heal();
    const undocumented = recorder.undocumented();
    const wrong = await miscounted(app.app.get(Database));
    await app.close();
    await platform.stop();
    expect(undocumented).toEqual([]);
    expect(wrong).toEqual([]);
  });
  return {
    get platform() {
      return running().platform;
    },
    get app() {
      return running().app;
    },
    as: (tenantId) => new Client(running().app.url, tenantId),
  };
}
