import type { Evidence } from '../../../shared/model/evidence'

export const FROM_PROC: Evidence = {
  source: 'proc',
  detail: '/proc/1234/ns/pid',
  command: 'readlink /proc/1234/ns/pid',
  unknownBecause: null,
  step: 'root',
  missingStep: null,
}
export const UNKNOWN: Evidence = {
  source: 'none',
  detail: '/proc/1234/ns/pid',
  command: 'sudo readlink /proc/1234/ns/pid',
  unknownBecause: 'Only root may read it.',
  step: null,
  missingStep: 'root',
}
export const TAKEN_AT = '2026-11-24T12:30:05.412Z'
