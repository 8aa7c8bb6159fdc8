import { Database } from '../../src/platform/database';
import { startApp, type TestApp, type TestAppOptions } from './app';
import { Client } from './client';
import { AnswerRecorder } from './documented';
import { miscounted } from './ledger';

export interface SuiteApp {
  /** Base URL, available once the tests run. */
  readonly url: string;
  readonly running: TestApp;
  /** A client of the API for this tenant. */
  as(tenantId: string): Client;
}

let tenants = 0;

/** A tenant that no other test uses, so that it lists only its own resources. */
export function newTenant(): string {
  return `tenant-${++tenants}`;
}

/**
 * Starts an application for the calling suite. Afterwards checks that the OpenAPI document lists every status that it
 * answered with, and that the quota counters match a recount.
 */
export function useApp(options?: TestAppOptions): SuiteApp {
  let app: TestApp | undefined;
  let recorder: AnswerRecorder | undefined;
  const running = (): TestApp => {
    if (!app) throw new Error('the application does not run yet');
    return app;
  };
  beforeAll(async () => {
    app = await startApp(options);
    recorder = new AnswerRecorder(app.server);
  });
  afterAll(async () => {
    const undocumented = recorder?.undocumented();
    const wrong = await miscounted(running().app.get(Database));
    await running().close();
    expect(undocumented).toEqual([]);
    expect(wrong).toEqual([]);
  });
  return {
    get url() {
      return running().url;
    },
    get running() {
      return running();
    },
    as: (tenantId) => new Client(running().url, tenantId),
  };
}
