/**
 * What of a clipboard's text is typed: line ends as the key Enter sends them, and no control character but these and the tab, so that nothing
 * in it ends a bracketed paste or is a command to the line editor.
 */
export const pastedText = (text: string): string =>
  text.replace(/\r\n?|\n/g, '\r').replace(/[^\P{Cc}\t\r]/gu, '')

/** How many lines a paste has that would be run at once, one after the other; 0: it waits for the key Enter. */
export const linesThatRun = (text: string): number => text.split('\r').length - 1
