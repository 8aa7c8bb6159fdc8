/** What a test takes a text for is the test's own claim, which its assertions check. */
export const parseJson: <T>(text: string) => T = JSON.parse;
