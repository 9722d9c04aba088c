import { type ShallowRef, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import type { Problem } from '../../shared/model/problem'
import { toProblem } from '../stores/connection'

/** Why the view that was asked for last is not shown: the one before it stays. Call it once, in the page's root. */
export function useViewProblem(): ShallowRef<Problem | null> {
  const router = useRouter()
  const problem = shallowRef<Problem | null>(null)
  router.onError((error) => { problem.value = toProblem(error) })
  router.afterEach((_to, _from, failure) => {
    if (!failure)
      problem.value = null
  })
  return problem
}
