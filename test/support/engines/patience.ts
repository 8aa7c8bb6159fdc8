// Engines take their time, all the more on a machine that has other things to do.
jest.setTimeout(120_000);
