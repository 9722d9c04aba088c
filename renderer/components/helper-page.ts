import type { InjectionKey, Ref } from 'vue'

/** Where the helper container is explained and allowed; null: there is nothing to allow here, as in a recording. */
export const HELPER_PAGE: InjectionKey<Readonly<Ref<string | null>>> = Symbol('the helper\'s page')
