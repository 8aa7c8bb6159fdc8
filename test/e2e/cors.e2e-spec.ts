import type { RequestHeaders } from '../support/client';
import { newTenant, useApp } from '../support/use-app';

const ORIGIN = 'https://console.example.com';

describe('pages of other origins', () => {
  const app = useApp({ environment: { CORS_ORIGINS: `${ORIGIN}, http://localhost:3000` } });
  const get = (path: string, headers: RequestHeaders) => app.as(newTenant()).get(path, headers);

  it('may read responses and their headers if CORS_ORIGINS lists their origin', async () => {
    for (const origin of [ORIGIN, 'http://localhost:3000']) {
      for (const [path, status] of [
        ['/instances', 200],
        ['/instances/no-uuid', 404],
        ['/instances?name=%zz', 400],
      ] as const) {
        const answer = await get(path, { Origin: origin });
        expect([path, answer.status]).toEqual([path, status]);
        expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
        expect(answer.headers.get('vary')).toContain('Origin');
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
        const exposed = answer.headers.get('access-control-expose-headers')?.split(',');
        expect(exposed).toEqual(
          expect.arrayContaining([
            'ETag',
            'Location',
            'Operation-Location',
            'Retry-After',
            'X-Request-ID',
            'Link',
          ]),
        );
      }
    }
  });

  it('get responses to preflight requests', async () => {
    const answer = await app.as(newTenant()).send('OPTIONS', '/instances', undefined, {
      Origin: ORIGIN,
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'x-tenant-id,if-match,idempotency-key,prefer,content-type',
    });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET,HEAD,POST,PUT,PATCH,DELETE');
    expect(answer.headers.get('access-control-allow-headers')).toContain('if-match');
    expect(answer.headers.get('access-control-max-age')).toBe('600');
  });

  it.each([
    'https://elsewhere.example',
    'https://console.example.com.evil',
    'http://console.example.com',
    'null',
  ])('are not served from %s', async (origin) => {
    const answer = await get('/instances', { Origin: origin });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = { Origin: origin, 'Access-Control-Request-Method': 'POST' };
    const { headers } = await app.as(newTenant()).send('OPTIONS', '/instances', undefined, preflight);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('pages of any origin', () => {
  const app = useApp({ environment: { CORS_ORIGINS: '*' } });

  it('may read responses if CORS_ORIGINS is *', async () => {
    const answer = await app.as(newTenant()).get('/flavors', { Origin: ORIGIN });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });
});
