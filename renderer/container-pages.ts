/** The pages of one container, in the order of the tabs. The name is the last part of the address. `needs`: without an engine (in a recording), or where a person may only look, there is no such tab. */
export const CONTAINER_PAGES = [
  { name: 'overview', label: 'Overview', view: () => import('./views/overview/OverviewView.vue') },
  { name: 'processes', label: 'Processes', view: () => import('./views/processes/ProcessesView.vue') },
  { name: 'files', label: 'Files', view: () => import('./views/files/FilesView.vue') },
  { name: 'network', label: 'Network', view: () => import('./views/network/NetworkView.vue') },
  { name: 'resources', label: 'Resources', view: () => import('./views/resources/ResourcesView.vue') },
  { name: 'logs', label: 'Logs', view: () => import('./views/logs/LogsView.vue') },
  { name: 'commands', label: 'Run', needs: 'engine', view: () => import('./views/commands/CommandsView.vue') },
  { name: 'shell', label: 'Shell', needs: 'actions', view: () => import('./views/shell/ShellView.vue') },
  { name: 'security', label: 'Security', view: () => import('./views/security/SecurityView.vue') },
  { name: 'compare', label: 'Compare', view: () => import('./views/compare/CompareView.vue') },
  { name: 'report', label: 'Report', view: () => import('./views/report/ReportView.vue') },
] as const
