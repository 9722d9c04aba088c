import { z } from 'zod'
import { Evidence } from './evidence'
import { FileEntry } from './files'
import { PasswdEntry } from './users'

export const ThisComputerFact = z.enum(['hostname', 'processes', 'users', 'interfaces', 'rootNames'])
export type ThisComputerFact = z.infer<typeof ThisComputerFact>

/**
 * The computer that Isoscope itself runs on, where the engine's kernel is another one: the third place beside the engine's machine and
 * the container. A null is a fact that could not be read.
 */
export const ThisComputer = z.object({
  operatingSystem: z.string(),
  kernelVersion: z.string(),
  hostname: z.string().nullable(),
  processes: z.array(z.object({ pid: z.number().int(), ppid: z.number().int().nullable(), user: z.string().nullable(), command: z.string() })).nullable(),
  /** All that there are, also those beyond the 20,000 that are kept. */
  processCount: z.number().int().nullable(),
  users: z.array(PasswdEntry.pick({ name: true, uid: true })).nullable(),
  interfaces: z.array(z.object({ name: z.string(), addresses: z.array(z.string()) })).nullable(),
  rootNames: z.array(FileEntry.pick({ name: true, kind: true })).nullable(),
  evidence: z.record(ThisComputerFact, Evidence),
})
export type ThisComputer = z.infer<typeof ThisComputer>
