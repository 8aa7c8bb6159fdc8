export const signIn = {
  expired: 'Your session has ended. Sign in again to go on where you were.',
  withProvider: 'Sign in',
  tenant: 'Tenant',
  tenantHint: (header: string) => `Sent as ${header}. In production, your gateway sets it.`,
  token: 'Token',
  tokenHint: 'A bearer token from your identity provider. It is kept until you close or reload this page.',
  operatorToken: 'Operator token (optional)',
  operatorTokenHint: 'Shows the pages for operators. It is kept until you close or reload this page.',
  throughGateway: 'This service accepts only requests of its gateway. Open the console through the gateway.',
  submit: 'Sign in',
  unreachable: 'The service does not answer',
  unreachableHint: 'Check that it runs and that this computer is online.',
};
