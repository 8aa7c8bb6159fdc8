import { nextLink } from './next-link';

describe('nextLink', () => {
  it('keeps the filters and links to the next page', () => {
    const query = {
      limit: 10,
      status: 'running',
      flavor: undefined,
      metadata: { 'a&b': 'c d' },
      pageToken: 'old',
    };
    expect(nextLink('/instances', query, 'new')).toEqual({
      Link: '</instances?limit=10&status=running&metadata.a%26b=c+d&pageToken=new>; rel="next"',
    });
  });

  it('is empty on the last page', () => {
    expect(nextLink('/instances', { limit: 10 }, undefined)).toEqual({});
  });
});
