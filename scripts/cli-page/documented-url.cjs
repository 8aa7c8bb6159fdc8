// For `node --require`: sends requests for the documented URL to the service in DOCUMENTED_SERVICE, whose port differs
// from run to run. So the command line can show its real default URL.
const DOCUMENTED_URL = 'http://localhost:8081';
const { fetch } = globalThis;

globalThis.fetch = (input, init) => {
  const request = new Request(input, init);
  const url = request.url.replace(DOCUMENTED_URL, process.env.DOCUMENTED_SERVICE ?? DOCUMENTED_URL);
  return fetch(new Request(url, request), init);
};
