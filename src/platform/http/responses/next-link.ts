/** A `Link` header to the next page with the same filters; empty on the last page. */
export function nextLink(
  path: string,
  query: object,
  nextPageToken: string | undefined,
): Record<string, string> {
  if (nextPageToken === undefined) return {};
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, pageToken: nextPageToken }))
    append(parameters, name, value);
  return { Link: `<${path}?${parameters.toString()}>; rel="next"` };
}

function append(parameters: URLSearchParams, name: string, value: unknown): void {
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) append(parameters, `${name}.${key}`, member);
  } else if (typeof value === 'string' || typeof value === 'number') {
    parameters.append(name, String(value));
  }
}
