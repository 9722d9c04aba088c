import { z } from 'zod'

export const THEMES = ['system', 'light', 'dark'] as const
export const Theme = z.enum(THEMES)
export type Theme = z.infer<typeof Theme>

/** The languages of the guided lab, the one part of the page that speaks more than English. */
export const LAB_LANGUAGES = ['en', 'de'] as const
export const LabLanguage = z.enum(LAB_LANGUAGES)
export type LabLanguage = z.infer<typeof LabLanguage>

/** How often live counts may be read, fastest first. */
export const LIVE_INTERVALS_MS = [500, 1_000, 2_000, 5_000] as const

/** What the person chose. Kept by the host where it keeps files of its own, else in the browser. */
export const Preferences = z.object({
  theme: Theme,
  liveEveryMs: z.literal(LIVE_INTERVALS_MS),
  /** How the report page begins: with names and addresses masked, or not. */
  isReportMasked: z.boolean(),
  /** As docker writes it, `unix:///run/docker.sock`; null: wherever an engine usually is. */
  engineAddress: z.string().trim().min(1).max(1024).nullable(),
  /** The endpoint that was chosen last, by its id among all that are known; null: none was, or `engineAddress` says which. */
  endpointId: z.string().min(1).max(100).nullable().default(null),
  /** What Isoscope reads, and that nothing leaves the machine, was read and put away. */
  hasReadWelcome: z.boolean(),
  /** The engines, by their ids, on which the helper container may run. */
  helperEngines: z.array(z.string().min(1).max(1024)).max(100).default([]),
  /** Null: the system's, where the lab speaks that. */
  labLanguage: LabLanguage.nullable().default(null),
})
export type Preferences = z.infer<typeof Preferences>

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  liveEveryMs: 2_000,
  isReportMasked: false,
  engineAddress: null,
  endpointId: null,
  hasReadWelcome: false,
  helperEngines: [],
  labLanguage: null,
}
