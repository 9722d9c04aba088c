/** The pages of one container, in the order of the tabs. The name is the last part of the address. */
export const CONTAINER_PAGES = [
  { name: 'overview', label: 'Overview', view: () => import('./views/overview/OverviewView.vue') },
  { name: 'processes', label: 'Processes', view: () => import('./views/processes/ProcessesView.vue') },
  { name: 'files', label: 'Files', view: () => import('./views/files/FilesView.vue') },
  { name: 'network', label: 'Network & names', view: () => import('./views/network/NetworkView.vue') },
  { name: 'resources', label: 'Resources', view: () => import('./views/resources/ResourcesView.vue') },
  { name: 'security', label: 'Security', view: () => import('./views/security/SecurityView.vue') },
  { name: 'report', label: 'Report', view: () => import('./views/report/ReportView.vue') },
] as const
