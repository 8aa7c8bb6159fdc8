import { Database } from '../../src/database';
import { startApp, type TestApp, type TestAppOptions } from './app';
import { Client } from './client';
import { AnswerRecorder } from './documented';
import { miscounted } from './ledger';

export interface SuiteApp {
  /** Base URL, from the first test on. */
  readonly url: string;
  readonly running: TestApp;
  /** The API as this tenant. */
  as(tenantId: string): Client;
}

let tenants = 0;

/** A tenant that no other test has: what it lists is what it made. */
export function newTenant(): string {
  return `tenant-${++tenants}`;
}

/**
 * An application for the tests of the suite that calls this. When they are over, every status that it
 * answered with must be one that its OpenAPI document names for that route, and the counters of quotas must be
 * what a recount gives.
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
    const undocumented = await recorder?.undocumented(running().url);
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
