import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Which part of a page is shown, kept in its address (`?part=mounts`); a name that is none of them is the first. */
export function usePart<const Name extends string>(names: () => readonly [Name, ...Name[]]): WritableComputedRef<Name> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => names().find(name => name === route.query['part']) ?? names()[0],
    set: part => void router.replace({ query: { ...route.query, part } }),
  })
}
