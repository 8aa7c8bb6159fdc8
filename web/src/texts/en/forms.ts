export const forms = {
  save: 'Save',
  create: 'Create',
  edit: 'Edit',
  refresh: 'Refresh',
  all: 'All',
  none: '—',
  page: (page: number) => `Page ${page}`,
  actions: 'Actions',
  actionsOf: (name: string) => `Actions for ${name}`,
};
