import { texts } from '../../../../texts';
import {
  byteLength,
  filledPairs,
  filledPorts,
  linesOf,
  MAX_COUNT,
  MAX_SSH_KEYS,
  MAX_USER_DATA_BYTES,
  type CreateForm,
  type PairRow,
} from './state';

const t = texts.create.invalid;

/** Messages by field; see `fields.ts` for the names of fields. */
export type FieldErrors = ReadonlyMap<string, string>;

/** Finds missing and impossible values before a request. The service checks everything else. */
export function invalidFields(form: CreateForm): FieldErrors {
  const errors = new Map<string, string>();
  if (form.name.trim() === '') errors.set('name', t.name);
  if (form.flavor === '') errors.set('flavor', t.flavor);
  if (!isNumber(form.count, 1, MAX_COUNT)) errors.set('count', t.between(1, MAX_COUNT));
  checkPorts(form, errors);
  if (form.createsNetwork && form.network.cidr.trim() === '') errors.set('network.cidr', t.cidr);
  if (form.createsVolume && form.volume.sizeGB.trim() === '') errors.set('volume.sizeGB', t.size);
  checkPairs('metadata', form.metadata, errors);
  checkReadiness(form, errors);
  if (form.type === 'container') {
    checkPairs('env', form.env, errors);
    return errors;
  }
  if (byteLength(form.userData) > MAX_USER_DATA_BYTES) errors.set('userData', t.userData);
  if (linesOf(form.sshKeys).length > MAX_SSH_KEYS) errors.set('sshKeys', t.sshKeys(MAX_SSH_KEYS));
  return errors;
}

function checkPorts(form: CreateForm, errors: Map<string, string>): void {
  const seen = new Set<string>();
  for (const { key, port, protocol } of filledPorts(form)) {
    if (port === '') errors.set(`ports.${key}.port`, t.port);
    else if (seen.has(`${port}/${protocol}`)) errors.set(`ports.${key}.port`, t.portTwice);
    seen.add(`${port}/${protocol}`);
  }
}

function checkPairs(field: string, rows: readonly PairRow[], errors: Map<string, string>): void {
  const seen = new Set<string>();
  for (const { key, name } of filledPairs(rows)) {
    const trimmed = name.trim();
    if (trimmed === '') errors.set(`${field}.${key}.name`, t.pairName);
    else if (seen.has(trimmed)) errors.set(`${field}.${key}.name`, t.pairTwice);
    seen.add(trimmed);
  }
}

function checkReadiness({ readiness }: CreateForm, errors: Map<string, string>): void {
  const { kind, port, command, text } = readiness;
  if ((kind === 'port' || kind === 'http') && port === '') errors.set('readiness.port', t.port);
  if (kind === 'exec' && linesOf(command).length === 0) errors.set('readiness.command', t.command);
  if (kind === 'serial' && text === '') errors.set('readiness.text', t.text);
}

function isNumber(text: string, min: number, max: number): boolean {
  const number = Number(text);
  return text.trim() !== '' && Number.isInteger(number) && number >= min && number <= max;
}
