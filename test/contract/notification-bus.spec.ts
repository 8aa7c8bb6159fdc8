import { once, EventEmitter } from 'node:events';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { NotificationBus, openDatabase, type Database } from '../../src/platform/database';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';

describe(`notifications in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let channel = 'notices_test';

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = await openDatabase(new DatabaseConfig({ ...testDatabase.environment }));
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });

  // A channel for each test: notifications of an earlier test may still arrive.
  beforeEach(() => {
    channel = `${channel}_`;
  });

  /** Collects what a process with its own `NotificationBus` receives; `news` emits `news` for each message. */
  async function listen(): Promise<{ notices: NotificationBus; received: string[]; news: EventEmitter }> {
    const notices = new NotificationBus(database);
    const received: string[] = [];
    const news = new EventEmitter();
    await notices.subscribe({
      channel,
      receive: (message) => {
        received.push(message);
        news.emit('news');
      },
      resync: () => undefined,
    });
    return { notices, received, news };
  }

  it('delivers each message once to its own process', async () => {
    const { notices, received } = await listen();
    notices.announce(channel, 'one');
    notices.announce(channel, 'two');
    expect(received).toEqual(['one', 'two']);
  });

  const onPostgres = DATABASE_KIND === 'postgres' ? it : it.skip;

  onPostgres('delivers each message once to every process, its own included', async () => {
    const sender = await listen();
    // Subscribed later, so it receives a notification after the sender did.
    const other = await listen();
    const arrived = once(other.news, 'news');
    sender.notices.announce(channel, 'three');
    await arrived;
    expect(other.received).toEqual(['three']);
    expect(sender.received).toEqual(['three']);
  });

  onPostgres('delivers notifications sent by a replica of an older version', async () => {
    const { received, news } = await listen();
    const arrived = once(news, 'news');
    await database.notify([{ channel, payload: 'four\nfive' }]);
    await arrived;
    expect(received).toEqual(['four', 'five']);
  });

  onPostgres('delivers messages that need several notifications', async () => {
    const sender = await listen();
    const { received, news } = await listen();
    const messages = Array.from({ length: 1000 }, (_, index) => `message ${index}`.padEnd(100, '.'));
    for (const message of messages) sender.notices.announce(channel, message);
    while (received.length < messages.length) await once(news, 'news');
    expect(received).toEqual(messages);
  });
});
