import { z } from 'zod'
import { Snapshot } from '../model/snapshot'

/** The public shape of a saved snapshot as JSON Schema (draft 2020-12): what `isoscope schema` prints. */
export const snapshotSchema = (): object => ({
  ...z.toJSONSchema(Snapshot, { target: 'draft-2020-12' }),
  $id: 'urn:isoscope:snapshot:1',
  title: 'Isoscope snapshot, format 1',
  description: 'Everything seen of one container and its host at one instant. A null is a fact that could not be read; `evidence` says why.',
})
