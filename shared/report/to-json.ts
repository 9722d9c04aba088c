import type { Snapshot } from '../model/snapshot'
import { asciiJson } from '../text/ascii-json'

/** The snapshot itself, indented, in plain ASCII. */
export const toJson = (snapshot: Snapshot): string => `${asciiJson(snapshot)}\n`
