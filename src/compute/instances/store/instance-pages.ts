import { Injectable } from '@nestjs/common';
import type { InstanceType } from '../../../drivers/port/instance-type';
import { Database, PageReads } from '../../../platform/database';
import { idRangesOf } from './id-part';
import { toPlainColumns, type PlainFilter } from '../fields';
import { DELETED, type InstanceStatus } from '../instance';
import { IS_NOT_DELETED, RETENTION_JSON } from './instance.sql';
import { MAX_PAGE, MAX_PAGE_BYTES } from '../../../platform/values/paging';

export interface InstanceFilter extends PlainFilter {
  readonly status?: InstanceStatus;
  readonly type?: InstanceType;
  readonly flavor?: string;
  readonly name?: string;
  /** Start or end of the id. */
  readonly id?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Deleted instances that are retained, instead of the others. */
  readonly deleted?: 'true';
  /** Only rows older than this id. */
  readonly before?: string;
  readonly limit: number;
}

export interface InstancePage {
  /** JSON texts of the instances. */
  readonly documents: readonly string[];
  /** Id of the last instance of the page; null on the last page. */
  readonly lastId: string | null;
}

/** The rows that a page is taken from. */
export interface PageSource {
  /** SQL condition; its parameters are `values`. */
  readonly where: string;
  readonly values: readonly unknown[];
  readonly limit: number;
  /** SQL expression of the JSON text of a row. */
  readonly document: string;
  /** Name of a statement with this condition; empty for one that is planned again for its values. */
  readonly nameOf: (base: string) => string;
}

interface PageRow {
  /** Null if it does not fit on the page. */
  readonly document: string | null;
}

const HEAVY_BYTES = Math.floor(MAX_PAGE_BYTES / (MAX_PAGE + 1));

/**
 * Reads pages of instances, newest first. A page ends before it would exceed `MAX_PAGE_BYTES`, but has at least one
 * row. Adding up row sizes takes as long as reading the rows, so it is done only if one of them is heavy; without a
 * heavy row, a page cannot be too large.
 */
@Injectable()
export class InstancePages {
  constructor(
    private readonly database: Database,
    private readonly reads: PageReads,
  ) {}

  /** Waits for the turn of the calling tenant. */
  read(caller: string, source: PageSource): Promise<InstancePage> {
    return this.reads.run(caller, () => this.readPage(source));
  }

  private async readPage(source: PageSource): Promise<InstancePage> {
    const values = [...source.values, source.limit];
    const rows = await this.database.query<PageRow>({
      name: source.nameOf('list'),
      text: `
        SELECT CASE WHEN octet_length(document) <= ${HEAVY_BYTES} THEN ${source.document} END AS document
        FROM instances WHERE ${source.where} ORDER BY id DESC LIMIT $${values.length}::int + 1`,
      values,
    });
    const hasHeavy = rows.some(({ document }) => document === null);
    return toPage(hasHeavy ? await this.weighedRows(source, values) : rows, source.limit);
  }

  private weighedRows(
    { where, nameOf, document }: PageSource,
    values: readonly unknown[],
  ): Promise<readonly PageRow[]> {
    return this.database.query<PageRow>({
      name: nameOf('heavy'),
      text: `
        SELECT CASE WHEN place = 1 OR bytes <= ${MAX_PAGE_BYTES} THEN document END AS document
        FROM (
          SELECT ${document} AS document, row_number() OVER rows AS place, sum(octet_length(document)) OVER rows AS bytes
          FROM instances WHERE ${where}
          WINDOW rows AS (ORDER BY id DESC ROWS UNBOUNDED PRECEDING)
          ORDER BY id DESC LIMIT $${values.length}::int + 1
        ) page`,
      values,
    });
  }
}

/** SQL condition of the rows that a list is about. */
export function isListed({ deleted }: Pick<InstanceFilter, 'deleted'>): string {
  return deleted === 'true' ? `status = '${DELETED}'` : IS_NOT_DELETED;
}

const RETAINED_DOCUMENT = `left(document, -1) || ',' || ltrim(${RETENTION_JSON}::text, '{')`;

/** Of a page with the filter. */
export function pageOf({ deleted, limit }: InstanceFilter): Pick<PageSource, 'document' | 'limit'> {
  return { document: deleted === 'true' ? RETAINED_DOCUMENT : 'document', limit };
}

/**
 * SQL conditions of a filter except for metadata; appends their values. The text depends only on which members are
 * given.
 * @param scope SQL condition of the rows that the caller may see
 */
export function conditionsOf(filter: InstanceFilter, values: unknown[], scope: string): string[] {
  const conditions: string[] = [];
  const equal = (column: string, value: unknown): void => {
    if (value !== undefined) conditions.push(`${column} = $${values.push(value)}`);
  };
  equal('status', filter.status);
  equal('type', filter.type);
  equal('flavor', filter.flavor);
  equal('name', filter.name);
  for (const [column, value] of Object.entries(toPlainColumns(filter))) equal(column, value);
  if (filter.id !== undefined) conditions.push(idCondition(filter.id, values, scope));
  if (filter.before !== undefined) conditions.push(`id < $${values.push(filter.before)}`);
  return conditions;
}

/** As a set of ids, because no index serves both alternatives in the order of the list. */
function idCondition(part: string, values: unknown[], scope: string): string {
  const { start, reversedEnd } = idRangesOf(part);
  const [first, last] = start.map((id) => `$${values.push(id)}::uuid`);
  const [from, before] = reversedEnd.map((text) => `$${values.push(text)}::text`);
  const reversed = 'reverse(id::text) COLLATE "C"';
  return `id IN (
    SELECT id FROM instances WHERE ${scope} AND id BETWEEN ${first} AND ${last}
    UNION ALL SELECT id FROM instances WHERE ${scope} AND ${reversed} >= ${from} AND ${reversed} < ${before}
  )`;
}

/** A row that does not fit has no document, nor do the rows after it. */
function toPage(rows: readonly PageRow[], limit: number): InstancePage {
  const documents = rows.flatMap(({ document }) => document ?? []).slice(0, limit);
  const last = documents.at(-1);
  return { documents, lastId: last === undefined || documents.length === rows.length ? null : idOf(last) };
}

/** @throws {Error} if the document was not generated by `instance_document`. */
function idOf(document: string): string {
  const instance: unknown = JSON.parse(document);
  if (typeof instance !== 'object' || instance === null || !('id' in instance)) {
    throw new Error('the document of an instance has no id');
  }
  return String(instance.id);
}
