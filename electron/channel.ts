/** The one IPC channel: JSON text of requests from the page, replies to it. */
export const CHANNEL = 'isoscope'
