export { DocumentsModule } from './documents.module';
export { describeApi } from './openapi.document';
export { DOCS_PATH, OPENAPI_PATH, redirectBrowsers, serveDocuments } from './swagger-ui';
