/** JSON.parse with a type chosen by the test, whose assertions check it. */
export const parseJson: <T>(text: string) => T = JSON.parse;
