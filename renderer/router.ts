import { createRouter, createWebHashHistory, type Router } from 'vue-router'
import { CONTAINER_PAGES } from './container-pages'
import { loadPart } from './load-part'

/** Every address of the page. Views are loaded when they are first shown; each page of a container gets its snapshot as a prop. */
export function createPageRouter(): Router {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', name: 'containers', component: () => loadPart(() => import('./views/containers/ContainersView.vue')), meta: { title: 'Containers' } },
      { path: '/run', name: 'run', component: () => loadPart(() => import('./views/run/RunView.vue')), meta: { title: 'Run a container' } },
      { path: '/lab', name: 'lab', component: () => loadPart(() => import('./views/lab/LabView.vue')), meta: { title: 'Guided lab' } },
      { path: '/engine', name: 'engine', component: () => loadPart(() => import('./views/engine-status/EngineStatusView.vue')), meta: { title: 'Engine' } },
      { path: '/preferences', name: 'preferences', component: () => loadPart(() => import('./views/preferences/PreferencesView.vue')), meta: { title: 'Preferences' } },
      {
        path: '/containers/:id([0-9a-f]{64})',
        component: () => loadPart(() => import('./views/container/ContainerView.vue')),
        props: true,
        redirect: to => ({ name: 'overview', params: to.params }),
        children: [
          ...CONTAINER_PAGES.map(({ name, label, view }) => ({ path: name, name, component: () => loadPart(view), meta: { title: label } })),
          { path: 'again', name: 'again', component: () => loadPart(() => import('./views/again/AgainView.vue')), meta: { title: 'Run it again' } },
        ],
      },
      { path: '/:unknown(.*)', redirect: '/' },
    ],
  })
}
