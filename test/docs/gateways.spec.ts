import { on } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { Gateway, missingFor, type Certificate, type GatewayKind } from '../support/gateway';
import { parseJson } from '../support/json';
import { ServiceProcess } from '../support/service';

const TOKEN = 'known-to-the-gateway-alone';
const INSTANCES = '/api/v1/compute/instances';
const NEW = JSON.stringify({ name: 'web', type: 'vm', flavor: 'small', imageId: 'debian-12' });
const SERIAL = JSON.stringify({ kind: 'serial' });
const POST = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
const KINDS: readonly GatewayKind[] = ['nginx', 'Caddy'];

for (const kind of KINDS) {
  describeWhere(missingFor(kind), `the configuration of ${kind} in deploy/`, () => {
    let database: TestDatabase;
    let service: ServiceProcess;
    let gateway: Gateway;
    let acme: Certificate;

    beforeAll(async () => {
      database = await createTestDatabase();
      service = await ServiceProcess.start({ ...database.environment, GATEWAY_TOKEN: TOKEN });
      gateway = await Gateway.start(kind, service.url, TOKEN);
      acme = gateway.certificate('/O=Acme Inc./CN=acme');
    });
    afterAll(async () => {
      await gateway.stop();
      await service.stop();
      await database.remove();
    });

    it('takes the tenant from the certificate, whatever the client sends', async () => {
      const headers = { ...POST.headers, 'X-Tenant-ID': 'other', 'X-Gateway-Token': 'forged' };
      const response = await gateway.send(INSTANCES, { ...POST, ...acme, headers }, NEW);
      expect(response.statusCode).toBe(201);
      expect(await json(response)).toMatchObject({ tenantId: 'acme' });
    });

    it.each(['/CN=two words', '/O=acme', '/CN=evil,CN=acme', '/O=CN=acme/CN=a b'])(
      'refuses a certificate whose subject names no tenant: %s',
      async (subject) => {
        const response = await gateway.send(INSTANCES, gateway.certificate(subject));
        response.resume();
        expect(response.statusCode).toBe(401);
      },
    );

    it('refuses a client without a certificate', async () => {
      const answered = await gateway.send(INSTANCES).then(
        (response) => response.resume().statusCode,
        () => 'no answer',
      );
      expect([400, 'no answer']).toContain(answered);
    });

    it('passes on the web console, and names the tenant to it', async () => {
      const response = await gateway.send('/console/settings.json', acme);
      expect(await json(response)).toMatchObject({ tenant: 'acme', choosesTenant: false });
      for (const path of ['/console', '/console/instances']) {
        const page = await gateway.send(path, acme);
        page.resume();
        // Without a build, the service answers 404 with a request ID.
        expect([200, 404]).toContain(page.statusCode);
        expect(page.headers['x-request-id']).toBeDefined();
      }
      const other = await gateway.send('/consoles', acme);
      other.resume();
      expect([other.statusCode, other.headers['x-request-id']]).toEqual([404, undefined]);
    });

    it('does not let tenants read metrics', async () => {
      const response = await gateway.send('/metrics', acme);
      response.resume();
      expect(response.statusCode).toBe(404);
    });

    describe('sessions', () => {
      const open = async (tenant: Certificate): Promise<string> => {
        const created = await gateway.send(INSTANCES, { ...POST, ...tenant }, NEW);
        const { id } = parseJson<{ id: string }>(await text(created));
        const running = await gateway.send(`${INSTANCES}/${id}/wait?status=running`, tenant);
        expect(await json(running)).toMatchObject({ status: 'running' });
        const path = `${INSTANCES}/${id}/console-sessions`;
        const session = await gateway.send(path, { ...POST, ...tenant }, SERIAL);
        return parseJson<{ url: string }>(await text(session)).url;
      };

      it('are connected in both directions', async () => {
        const url = await open(acme);
        expect(url).toMatch(/^wss:\/\/compute\.example\.com\/api\//);
        const socket = gateway.connect(url, acme);
        let seen = '';
        for await (const [data] of on(socket, 'message', { close: ['close'] })) {
          seen += String(data);
          if (seen.endsWith('booted\r\n')) socket.send('typed');
          if (seen.endsWith('typed')) socket.close();
        }
        expect(seen).toMatch(/booted\r\ntyped$/);
      });

      it('are refused to another tenant, whose ticket it is not', async () => {
        const socket = gateway.connect(await open(acme), gateway.certificate('/O=Other/CN=other'));
        const response = await new Promise<IncomingMessage>((resolve, reject) => {
          socket.once('unexpected-response', (_request, refusal) => resolve(refusal));
          socket.once('open', () => reject(new Error('the connection was accepted')));
        });
        expect(response.statusCode).toBe(403);
        expect(await json(response)).toMatchObject({ code: 'session_ticket_invalid' });
      });
    });

    it('passes on each event at once', async () => {
      const stream = await gateway.send('/api/v1/compute/events', {
        ...acme,
        headers: { Accept: 'text/event-stream' },
      });
      const created = await gateway.send(INSTANCES, { ...POST, ...acme }, NEW);
      created.resume();
      let seen = '';
      for await (const chunk of stream) {
        seen += String(chunk);
        if (seen.includes('create.requested')) break;
      }
      expect(seen).toContain('event: create.requested');
    });
  });
}
