import { isRecord, parseRecord } from '../../../platform/values/records';
import type { ImageProgram } from './docker.program';

/** The image that an instance was created from, before all snapshots. */
export interface OriginalImage extends ImageProgram {
  readonly sizeBytes: number;
}

/** What the image of a snapshot says about it in a label. */
export interface Description {
  readonly deployment: string;
  readonly tenantId: string;
  readonly original: OriginalImage;
}

/** As a text that needs no quotes in a Dockerfile instruction. */
export function toText(description: Description): string {
  return Buffer.from(JSON.stringify(description)).toString('base64url');
}

/** Undefined if the text, which an image of a tenant may contain, is not a description. */
export function parseDescription(text = ''): Description | undefined {
  const value = parseRecord(Buffer.from(text, 'base64url').toString());
  return isDescription(value) ? value : undefined;
}

function isDescription(
  value: Readonly<Record<string, unknown>>,
): value is Description & Record<string, unknown> {
  const { deployment, tenantId, original } = value;
  return (
    typeof deployment === 'string' &&
    typeof tenantId === 'string' &&
    isRecord(original) &&
    typeof original['sizeBytes'] === 'number' &&
    ['entrypoint', 'command', 'env'].every((name) => isTexts(original[name]))
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
