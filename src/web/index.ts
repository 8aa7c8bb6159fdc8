export { ConsoleDirectory } from './console-directory';
export { CONSOLE_PATH, serveConsole } from './serve-console';
export { WEB_ERRORS } from './web.errors';
export { WebModule } from './web.module';
