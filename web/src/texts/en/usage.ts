const numbers = new Intl.NumberFormat('en');

const amount = (value: number, unit: string) =>
  unit === '' ? numbers.format(value) : `${numbers.format(value)} ${unit}`;

export const usage = {
  amount,
  of: (used: number, limit: number, unit: string) => `${numbers.format(used)} of ${amount(limit, unit)}`,
  unlimited: (used: number, unit: string) => `${amount(used, unit)}, no limit`,
  requested: (requested: number, unit: string) => `plus ${amount(requested, unit)}`,
  level: {
    near: 'Nearly full',
    full: 'At the limit',
    over: 'Over the limit',
  },
};
