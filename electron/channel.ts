/** The one IPC channel: JSON text of requests from the page, of replies to it. Text, because the bridge into the page copies objects field by field. */
export const CHANNEL = 'isoscope'
