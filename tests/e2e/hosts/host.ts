import type { BrowserContextOptions, Page } from '@playwright/test'

/** What the page can be opened in: a browser on the web host, or the desktop's window. */
export type HostName = 'web' | 'desktop'

export interface ExportedFile {
  /** As the host proposed it. */
  name: string
  /** Where it is until the test has ended. */
  path: string
}

/** One test's page. */
export interface HostPage {
  readonly page: Page
  /** Opens the application as a person does, in a document that remembers nothing. */
  open: (view?: 'sample') => Promise<void>
  /** What comes of an export that `act` begins, kept in `folder`: a download on the web, an answered save dialog on the desktop. */
  exported: (act: () => Promise<void>, folder: string) => Promise<ExportedFile>
  close: () => Promise<void>
}

/** A running program that shows the page, for many tests. */
export interface PageHost {
  openPage: (options: BrowserContextOptions) => Promise<HostPage>
  /** What the program has written to its terminal until now. */
  said: () => string
  stop: () => Promise<void>
}
