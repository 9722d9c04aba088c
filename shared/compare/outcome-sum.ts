import { countOf } from '../text/count-of'
import { formatCount } from '../text/format-count'
import { type ComparedTopic, countOutcomes } from './compare-snapshots'

/** A comparison in one sentence without its end: `2 differences, 1 not known of both, 98 the same`. */
export function outcomeSum(topics: readonly ComparedTopic[]): string {
  const own = countOutcomes(topics, 'own')
  return [
    countOf(countOutcomes(topics, 'different'), 'difference'),
    `${formatCount(countOutcomes(topics, 'unknown'))} not known of both`,
    `${formatCount(countOutcomes(topics, 'same'))} the same`,
    ...own === 0 ? [] : [`${formatCount(own)} that each container is given anew`],
  ].join(', ')
}
